"""From text to typed values: dates, numbers, money and the words of other systems."""
