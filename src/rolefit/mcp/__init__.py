"""rolefit for assistants: a server of the Model Context Protocol on standard input and output.

    wire.py      lines of JSON-RPC in and out, one call at a time, limits of size and time
    protocol.py  what a client may ask: versions, the list of tools, a call
    tools.py     the six tools, their arguments and answers
    folders.py   which files a client may name
    marked.py    what a document says, kept apart from what rolefit says

Opens no socket. Whatever stands in a document or is the name of a file is data: it leaves here only
in fields that say so.
"""

from __future__ import annotations
