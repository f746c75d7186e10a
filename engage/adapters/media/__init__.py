"""Files that people send: told by their content, made harmless, with nothing left in them that says who or where.

A file's name and the type a browser claims decide nothing and are not kept. A photo is made anew from its pixels, a
recording is written anew from its sound; a container that cannot be written anew here is refused. A PDF is the one kind
that stays as it is: it is only ever offered for download. Nothing here knows a page, a draft or a table.
"""
