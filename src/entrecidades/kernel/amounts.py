"""Numbers and money as their reader writes them."""

from decimal import Decimal

from django.utils.formats import number_format


def number_words(value: Decimal) -> str:
    """A number in the reader's digits, without zeros that say nothing.

    Examples
    --------
    >>> number_words(Decimal("1250.50")), number_words(Decimal("50000.00"))
    ('1,250.5', '50,000')
    """
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return str(number_format(value, decimal_pos=places, force_grouping=True))


def money_words(amount: Decimal, currency: str) -> str:
    r"""An amount after the code of its currency, as the whole house says it; cents or none.

    Examples
    --------
    >>> money_words(Decimal("50000.00"), "EUR"), money_words(Decimal("9.5"), "BRL")
    ('EUR\xa050,000', 'BRL\xa09.50')
    """
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{currency}\xa0{number_format(amount, decimal_pos=places, force_grouping=True)}"
