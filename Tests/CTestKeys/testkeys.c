#include "testkeys.h"
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <string.h>

enum { room = 1024 };

void *test_key_create(enum test_key_kind kind) {
  switch (kind) {
    case test_key_rsa_2048: return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048);
    case test_key_rsa_1024: return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)1024);
    case test_key_p256: return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    case test_key_p384: return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-384");
    case test_key_ed25519: return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
  }
  return NULL;
}

void test_key_release(void *key) { EVP_PKEY_free(key); }

size_t test_key_public(void *key, char part, uint8_t *output) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) {
    size_t count = room;
    return EVP_PKEY_get_raw_public_key(key, output, &count) == 1 ? count : 0;
  }
  const char *name = part == 'n'   ? OSSL_PKEY_PARAM_RSA_N
                     : part == 'e' ? OSSL_PKEY_PARAM_RSA_E
                     : part == 'x' ? OSSL_PKEY_PARAM_EC_PUB_X
                                   : OSSL_PKEY_PARAM_EC_PUB_Y;
  BIGNUM *number = NULL;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return 0;
  int least = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC ? (EVP_PKEY_get_bits(key) + 7) / 8 : BN_num_bytes(number);
  int count = BN_bn2binpad(number, output, least);
  BN_free(number);
  return count < 0 ? 0 : (size_t)count;
}

size_t test_key_sign(void *key, const void *message, size_t count, uint8_t *signature) {
  int type = EVP_PKEY_get_base_id(key);
  size_t length = room;
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int good = EVP_DigestSignInit(context, NULL, type == EVP_PKEY_ED25519 ? NULL : EVP_sha256(), NULL, key) == 1 &&
             EVP_DigestSign(context, signature, &length, message, count) == 1;
  EVP_MD_CTX_free(context);
  if (!good) return 0;
  if (type != EVP_PKEY_EC) return length;
  const uint8_t *next = signature;
  ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &next, (long)length);
  int half = (EVP_PKEY_get_bits(key) + 7) / 8;
  int made = BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, half) + BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + half, half);
  ECDSA_SIG_free(pair);
  return (size_t)made;
}

void test_hmac_sha256(const void *secret, size_t secret_count, const void *message, size_t count, uint8_t mac[32]) {
  HMAC(EVP_sha256(), secret, (int)secret_count, message, count, mac, NULL);
}

size_t test_key_pem(void *key, uint8_t *output) {
  BIO *bio = BIO_new(BIO_s_mem());
  char *text = NULL;
  long count = PEM_write_bio_PUBKEY(bio, key) == 1 ? BIO_get_mem_data(bio, &text) : 0;
  if (count > room) count = 0;
  memcpy(output, text, (size_t)count);
  BIO_free(bio);
  return (size_t)count;
}
