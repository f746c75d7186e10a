"""Boxes that anybody can close and only the site can open: for answers that wait on a device without a network.

A box is 65 bytes of a fresh public key, 12 bytes of nonce, then AES-256-GCM under a key agreed on by ECDH on P-256
(NIST SP 800-56A) and drawn out by HKDF-SHA-256 (RFC 5869): what every browser's own cryptography can do. The device
keeps nothing that opens a box, not even the one it closed.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from engage.core.crypto import SealError

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # FIPS 186-4, D.1.2.3
_POINT, _NONCE = 65, 12
_PURPOSE = b"engage-box"


def public_key(seed: bytes) -> bytes:
    """The 65 bytes (an uncompressed point) to give to a device; `seed` is 32 secret bytes that never leave the site."""
    return _raw(_private(seed).public_key())


def open_box(seed: bytes, box: bytes, *, aad: bytes) -> bytes:
    """What was closed in `box` for the key of `seed` and the same `aad`; raises SealError for anything else."""
    private = _private(seed)
    point, nonce, sealed = box[:_POINT], box[_POINT : _POINT + _NONCE], box[_POINT + _NONCE :]
    try:
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))
        return AESGCM(_key(shared, point, _raw(private.public_key()))).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError):
        raise SealError("this is not a box for this key") from None


def close_box(public: bytes, data: bytes, nonce: bytes, *, aad: bytes) -> bytes:
    """`data` closed for the holder of `public`; `nonce` is 12 random bytes. What a device's script does."""
    own = ec.generate_private_key(_CURVE)
    point = _raw(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public))
    return point + nonce + AESGCM(_key(shared, point, public)).encrypt(nonce, data, aad)


def _private(seed: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, _CURVE)


def _raw(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _key(shared: bytes, point: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=_PURPOSE + point + public).derive(shared)
