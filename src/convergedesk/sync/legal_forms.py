"""Legal forms at the end of company names, each with one short spelling."""

# Spelling after normalisation (casefolded, without punctuation) on the left.
_SPELLED_OUT = {
    "gesellschaft mit beschränkter haftung": "gmbh",
    "gesellschaft mit beschrankter haftung": "gmbh",
    "limited liability partnership": "llp",
    "limited liability company": "llc",
    "public limited company": "plc",
    "société par actions simplifiée": "sas",
    "societe par actions simplifiee": "sas",
    "société anonyme": "sa",
    "societe anonyme": "sa",
    "sociedad anónima": "sa",
    "sociedad anonima": "sa",
    "sociedad limitada": "sl",
    "società per azioni": "spa",
    "societa per azioni": "spa",
    "besloten vennootschap": "bv",
    "naamloze vennootschap": "nv",
    "kabushiki kaisha": "kk",
    "aktiengesellschaft": "ag",
    "aktieselskab": "as",
    "aktiebolag": "ab",
    "osakeyhtiö": "oy",
    "incorporated": "inc",
    "corporation": "corp",
    "limited": "ltd",
    "company": "co",
    "and co": "co",
    "private limited": "pvt ltd",
    "pte limited": "pte ltd",
    "pty limited": "pty ltd",
    "co limited": "co ltd",
    "gmbh and co kgaa": "gmbh co kgaa",
    "gmbh and co kg": "gmbh co kg",
    "ag and co kgaa": "ag co kgaa",
    "ag and co kg": "ag co kg",
    "ug haftungsbeschränkt": "ug",
    "ug haftungsbeschrankt": "ug",
    "sp z o o": "sp zoo",
    "sp z oo": "sp zoo",
}
_SHORT = """
    ab ag aps as asa aş bhd bv bvba co corp cv dd doo eg ev gbr gk gmbh inc jsc kft kg kgaa kk llc llp lp
    ltd ltda mbh nv nyrt ohg ooo ou oy oyj pjsc plc pte pty pvt sa sarl sarls sas sasu se sia sl slu spa
    srl srls sro uab ug vof zrt
"""
_SEVERAL_WORDS = (
    "gmbh co kgaa",
    "gmbh co kg",
    "sp zoo",
    "pvt ltd",
    "pte ltd",
    "pty ltd",
    "co ltd",
    "sdn bhd",
)

# Longest first, so that 'gmbh and co kg' is found before 'kg'.
LEGAL_ENDINGS: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    sorted(
        (
            (tuple(spelling.split()), form)
            for spelling, form in (
                *_SPELLED_OUT.items(),
                *((form, form) for form in _SHORT.split()),
                *((form, form) for form in _SEVERAL_WORDS),
            )
        ),
        key=lambda ending: -len(ending[0]),
    )
)
