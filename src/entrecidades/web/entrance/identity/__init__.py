"""OpenID Connect with what the library's generic provider leaves out.

A nonce binds the identity to the browser that asked for it, the signature of the
identity is always checked, and what the provider tells about the person must be about
the person whom the identity names.
"""
