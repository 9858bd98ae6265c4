#include "aead.h"
#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

int csystem_aead_seal(const uint8_t key[32], const uint8_t nonce[12], const void *bound, size_t bound_count,
                      const void *plain, size_t count, uint8_t *sealed) {
    if (count > INT_MAX || bound_count > INT_MAX) return 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length = 0;
    int good = context != NULL && EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
               EVP_EncryptUpdate(context, NULL, &length, bound, (int)bound_count) == 1 &&
               EVP_EncryptUpdate(context, sealed, &length, plain, (int)count) == 1 &&
               EVP_EncryptFinal_ex(context, sealed + count, &length) == 1 &&
               EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, csystem_aead_tag_size, sealed + count) == 1;
    EVP_CIPHER_CTX_free(context);
    return good;
}

int csystem_aead_open(const uint8_t key[32], const uint8_t nonce[12], const void *bound, size_t bound_count,
                      const uint8_t *sealed, size_t count, uint8_t *plain) {
    if (count < csystem_aead_tag_size || count > INT_MAX || bound_count > INT_MAX) return 0;
    size_t text = count - csystem_aead_tag_size;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length = 0;
    int good = context != NULL && EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
               EVP_DecryptUpdate(context, NULL, &length, bound, (int)bound_count) == 1 &&
               EVP_DecryptUpdate(context, plain, &length, sealed, (int)text) == 1 &&
               EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, csystem_aead_tag_size, (void *)(sealed + text)) == 1 &&
               EVP_DecryptFinal_ex(context, plain + text, &length) == 1;
    EVP_CIPHER_CTX_free(context);
    if (!good) OPENSSL_cleanse(plain, text);
    return good;
}
