"""Sets a checkout up and runs it: `python -m installers.run`, `python -m installers.check`.

Standard library only, because nothing else is there yet when these modules start. `bootstrap` and what it
imports also parse on the Pythons that are too old for the program, so that they can say so.
"""
