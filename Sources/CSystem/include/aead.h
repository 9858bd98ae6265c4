#pragma once
#include <stddef.h>
#include <stdint.h>

// AES-256-GCM: encryption that also proves where a text comes from.

enum { csystem_aead_key_size = 32, csystem_aead_nonce_size = 12, csystem_aead_tag_size = 16 };

/// Encrypts `count` bytes of `plain` into `sealed`, which has room for as many and for the tag behind them. `bound` is
/// authenticated with it. Returns 1, or 0 when OpenSSL failed.
int csystem_aead_seal(const uint8_t key[32], const uint8_t nonce[12], const void *bound, size_t bound_count,
                      const void *plain, size_t count, uint8_t *sealed);
/// Decrypts `count` bytes of `sealed`, the tag at their end included, into `plain`. Returns 1, or 0 when key, nonce, bound
/// bytes or text are not those that were sealed; `plain` is then cleared.
int csystem_aead_open(const uint8_t key[32], const uint8_t nonce[12], const void *bound, size_t bound_count,
                      const uint8_t *sealed, size_t count, uint8_t *plain);
