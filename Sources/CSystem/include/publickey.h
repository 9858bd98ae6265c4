#pragma once
#include <stddef.h>
#include <stdint.h>

// Public keys, and the signatures of JSON Web Tokens that they verify. A key may be used by several threads at once.

struct csystem_public_key;

/// An RSA key of 2,048 to 8,192 bits by its modulus and exponent, big-endian; NULL for anything else.
struct csystem_public_key *csystem_rsa_public_key(const uint8_t *modulus, size_t modulus_count, const uint8_t *exponent,
                                                  size_t exponent_count);
/// A key on the curve P-256 by its coordinates, big-endian; NULL when they are no point of it.
struct csystem_public_key *csystem_p256_public_key(const uint8_t x[32], const uint8_t y[32]);
/// An Ed25519 key by its 32 bytes.
struct csystem_public_key *csystem_ed25519_public_key(const uint8_t x[32]);
void csystem_public_key_release(struct csystem_public_key *key);

// Each returns 1 when the signature is good, else 0; also for a key of another kind.

/// RSASSA-PKCS1-v1_5 with SHA-256.
int csystem_verify_rs256(const struct csystem_public_key *key, const void *message, size_t count, const uint8_t *signature,
                         size_t signature_count);
/// ECDSA on P-256 with SHA-256; the signature is the 32 bytes of r and the 32 of s.
int csystem_verify_es256(const struct csystem_public_key *key, const void *message, size_t count, const uint8_t *signature,
                         size_t signature_count);
/// Ed25519.
int csystem_verify_ed25519(const struct csystem_public_key *key, const void *message, size_t count,
                           const uint8_t *signature, size_t signature_count);
