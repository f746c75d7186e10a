"""The outside world: mail, sentiment, documents, QR codes. Each is a small protocol with a real and a null one.

Here: what talks to another program, another library's model or another file format. Not here: any rule about what may
be said, sent or published, and nothing of the database or the request; callers hand in what is to go out.
"""
