"""``python -m eventrisk`` is ``eventrisk``."""

from eventrisk.cli import main

if __name__ == "__main__":
    main()
