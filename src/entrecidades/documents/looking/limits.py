"""How much a file may ask of those who look into it."""

#: A picture with more millions of pixels is not opened; one with a longer side is made smaller.
PIXELS, SIDE = 64, 4096
#: An office file has at most so many parts, which unpack to so much, and, beyond a small size,
#: to so many times what it is.
PARTS, UNPACKED, SMALL, RATIO = 5_000, 200 << 20, 10 << 20, 100
#: All packed objects of a PDF together unpack to so much.
OBJECTS = 64 << 20
#: What the child may take: bytes of memory (pictures need more), seconds of a processor.
MEMORY, FOR_PICTURES, SECONDS = 384 << 20, 768 << 20, 15
