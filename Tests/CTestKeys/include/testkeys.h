#pragma once
#include <stddef.h>
#include <stdint.h>

// Key pairs that tests sign with, which nothing of the product does.

enum test_key_kind { test_key_rsa_2048, test_key_rsa_1024, test_key_p256, test_key_p384, test_key_ed25519 };

/// A fresh pair; NULL when OpenSSL fails.
void *test_key_create(enum test_key_kind kind);
void test_key_release(void *key);
/// Writes a number or coordinate of the public key, big-endian: `n` and `e` of RSA, `x` and `y` of the others. Returns its
/// length, at most 1024.
size_t test_key_public(void *key, char part, uint8_t *output);
/// Signs as JWS has it with the algorithm of the key's kind. Returns the signature's length, at most 1024; 0 on failure.
size_t test_key_sign(void *key, const void *message, size_t count, uint8_t *signature);
/// HMAC-SHA256, for attacks.
void test_hmac_sha256(const void *secret, size_t secret_count, const void *message, size_t count, uint8_t mac[32]);
/// The public key as PEM. Returns its length, at most 1024.
size_t test_key_pem(void *key, uint8_t *output);
