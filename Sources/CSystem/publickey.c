#include "publickey.h"
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

enum { least_rsa_bits = 2048, most_rsa_bits = 8192, coordinate_size = 32 };

static EVP_PKEY *unwrap(const struct csystem_public_key *key) { return (EVP_PKEY *)key; }

// Makes a key of `type` from its parameters, and checks that it is one.
static struct csystem_public_key *from_parameters(const char *type, OSSL_PARAM *parameters) {
  EVP_PKEY *key = NULL;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
  int good = context != NULL && EVP_PKEY_fromdata_init(context) == 1 &&
             EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1;
  EVP_PKEY_CTX_free(context);
  EVP_PKEY_CTX *check = good ? EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL) : NULL;
  good = check != NULL && EVP_PKEY_public_check(check) == 1;
  EVP_PKEY_CTX_free(check);
  if (!good) {
    EVP_PKEY_free(key);
    key = NULL;
  }
  ERR_clear_error();
  return (struct csystem_public_key *)key;
}

struct csystem_public_key *csystem_rsa_public_key(const uint8_t *modulus, size_t modulus_count, const uint8_t *exponent,
                                                  size_t exponent_count) {
  // Bounded before anything is computed with them.
  if (modulus_count > most_rsa_bits / 8 + 1 || exponent_count > 8) return NULL;
  BIGNUM *n = BN_bin2bn(modulus, (int)modulus_count, NULL);
  BIGNUM *e = BN_bin2bn(exponent, (int)exponent_count, NULL);
  struct csystem_public_key *key = NULL;
  if (n && e && BN_num_bits(n) >= least_rsa_bits && BN_num_bits(n) <= most_rsa_bits) {
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM *parameters = builder && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
                                     OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1
                                 ? OSSL_PARAM_BLD_to_param(builder)
                                 : NULL;
    if (parameters) key = from_parameters("RSA", parameters);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
  }
  BN_free(n);
  BN_free(e);
  return key;
}

struct csystem_public_key *csystem_p256_public_key(const uint8_t x[32], const uint8_t y[32]) {
  uint8_t point[1 + 2 * coordinate_size] = {POINT_CONVERSION_UNCOMPRESSED};
  memcpy(point + 1, x, coordinate_size);
  memcpy(point + 1 + coordinate_size, y, coordinate_size);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
      OSSL_PARAM_construct_end(),
  };
  return from_parameters("EC", parameters);
}

struct csystem_public_key *csystem_ed25519_public_key(const uint8_t x[32]) {
  EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, x, 32);
  ERR_clear_error();
  return (struct csystem_public_key *)key;
}

void csystem_public_key_release(struct csystem_public_key *key) { EVP_PKEY_free(unwrap(key)); }

static int verify(const struct csystem_public_key *key, int type, const EVP_MD *digest, const void *message, size_t count,
                  const uint8_t *signature, size_t signature_count) {
  if (EVP_PKEY_get_base_id(unwrap(key)) != type) return 0;
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int good = context != NULL && EVP_DigestVerifyInit(context, NULL, digest, NULL, unwrap(key)) == 1 &&
             EVP_DigestVerify(context, signature, signature_count, message, count) == 1;
  EVP_MD_CTX_free(context);
  // A bad signature leaves an error in the thread's queue.
  if (!good) ERR_clear_error();
  return good;
}

int csystem_verify_rs256(const struct csystem_public_key *key, const void *message, size_t count, const uint8_t *signature,
                         size_t signature_count) {
  return verify(key, EVP_PKEY_RSA, EVP_sha256(), message, count, signature, signature_count);
}

int csystem_verify_es256(const struct csystem_public_key *key, const void *message, size_t count, const uint8_t *signature,
                         size_t signature_count) {
  if (signature_count != 2 * coordinate_size) return 0;
  ECDSA_SIG *pair = ECDSA_SIG_new();
  BIGNUM *r = BN_bin2bn(signature, coordinate_size, NULL);
  BIGNUM *s = BN_bin2bn(signature + coordinate_size, coordinate_size, NULL);
  int good = 0;
  if (pair && r && s && ECDSA_SIG_set0(pair, r, s) == 1) {
    r = s = NULL;
    uint8_t *encoded = NULL;
    int length = i2d_ECDSA_SIG(pair, &encoded);
    good = length > 0 && verify(key, EVP_PKEY_EC, EVP_sha256(), message, count, encoded, (size_t)length);
    OPENSSL_free(encoded);
  }
  BN_free(r);
  BN_free(s);
  ECDSA_SIG_free(pair);
  return good;
}

int csystem_verify_ed25519(const struct csystem_public_key *key, const void *message, size_t count,
                           const uint8_t *signature, size_t signature_count) {
  if (signature_count != 64) return 0;
  return verify(key, EVP_PKEY_ED25519, NULL, message, count, signature, signature_count);
}
