// The low-level hash functions are the ones whose state can be set up without allocating; OpenSSL 3 deprecates them in
// favour of EVP, which costs an allocation and a lock for each hash.
#define OPENSSL_API_COMPAT 0x10101000L
// For explicit_bzero, which clears a state ten times as fast as OPENSSL_cleanse.
#define _DEFAULT_SOURCE
#include "openssl.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>

int csystem_secure_heap_create(size_t size) {
    if (CRYPTO_secure_malloc_initialized()) return 1;
    return CRYPTO_secure_malloc_init(size, 32);
}

void *csystem_secure_allocate(size_t size) {
    // Without this check OpenSSL falls back to ordinary memory.
    if (!CRYPTO_secure_malloc_initialized()) return NULL;
    return OPENSSL_secure_zalloc(size);
}

int csystem_secure_owns(const void *memory) { return CRYPTO_secure_allocated(memory); }

void csystem_secure_release(void *memory, size_t size) { OPENSSL_secure_clear_free(memory, size); }

void csystem_cleanse(void *memory, size_t size) { OPENSSL_cleanse(memory, size); }

int csystem_equal(const void *left, const void *right, size_t size) { return CRYPTO_memcmp(left, right, size) == 0; }

_Static_assert(sizeof(SHA_CTX) <= sizeof(struct csystem_hash), "room for SHA-1");
_Static_assert(sizeof(SHA256_CTX) <= sizeof(struct csystem_hash), "room for SHA-256");

static SHA_CTX *sha1(struct csystem_hash *hash) { return (SHA_CTX *)hash->opaque; }
static SHA256_CTX *sha256(struct csystem_hash *hash) { return (SHA256_CTX *)hash->opaque; }

void csystem_sha1_begin(struct csystem_hash *hash) { SHA1_Init(sha1(hash)); }
void csystem_sha1_update(struct csystem_hash *hash, const void *bytes, size_t count) { SHA1_Update(sha1(hash), bytes, count); }
void csystem_sha1_end(struct csystem_hash *hash, uint8_t digest[20]) { SHA1_Final(digest, sha1(hash)); }
void csystem_sha256_begin(struct csystem_hash *hash) { SHA256_Init(sha256(hash)); }
void csystem_sha256_update(struct csystem_hash *hash, const void *bytes, size_t count) { SHA256_Update(sha256(hash), bytes, count); }
void csystem_sha256_end(struct csystem_hash *hash, uint8_t digest[32]) { SHA256_Final(digest, sha256(hash)); }

void csystem_sha256(const void *bytes, size_t count, uint8_t digest[32]) {
    // SHA256() of OpenSSL 3 goes through EVP, too.
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes, count);
    SHA256_Final(digest, &state);
}

// Both hashes work on blocks of 64 bytes.
enum { block_size = SHA_CBLOCK };
_Static_assert(SHA_CBLOCK == SHA256_CBLOCK, "one block size");

static void sha1_save(const SHA_CTX *state, uint32_t values[8]) {
    values[0] = state->h0; values[1] = state->h1; values[2] = state->h2; values[3] = state->h3; values[4] = state->h4;
}

// Continues behind one block, as if it had just been hashed.
static void sha1_restore(SHA_CTX *state, const uint32_t values[8]) {
    state->h0 = values[0]; state->h1 = values[1]; state->h2 = values[2]; state->h3 = values[3]; state->h4 = values[4];
    state->Nl = block_size * 8; state->Nh = 0; state->num = 0;
}

static void sha256_restore(SHA256_CTX *state, const uint32_t values[8]) {
    memcpy(state->h, values, sizeof state->h);
    state->Nl = block_size * 8; state->Nh = 0; state->num = 0; state->md_len = SHA256_DIGEST_LENGTH;
}

static void pad(uint8_t block[block_size], uint8_t byte) {
    for (size_t index = 0; index < block_size; index++) block[index] ^= byte;
}

void csystem_hmac_sha1_key(struct csystem_hmac_key *key, const void *secret, size_t count, const void *suffix, size_t suffix_count) {
    SHA_CTX state;
    uint8_t block[block_size] = {0};
    if (count + suffix_count <= block_size) {
        if (count) memcpy(block, secret, count);
        if (suffix_count) memcpy(block + count, suffix, suffix_count);
    } else {
        SHA1_Init(&state);
        SHA1_Update(&state, secret, count);
        SHA1_Update(&state, suffix, suffix_count);
        SHA1_Final(block, &state);
    }
    pad(block, 0x36);
    SHA1_Init(&state);
    SHA1_Update(&state, block, block_size);
    sha1_save(&state, key->inner);
    pad(block, 0x36 ^ 0x5C);
    SHA1_Init(&state);
    SHA1_Update(&state, block, block_size);
    sha1_save(&state, key->outer);
    OPENSSL_cleanse(block, sizeof block);
    OPENSSL_cleanse(&state, sizeof state);
}

void csystem_hmac_sha256_key(struct csystem_hmac_key *key, const void *secret, size_t count, const void *suffix, size_t suffix_count) {
    SHA256_CTX state;
    uint8_t block[block_size] = {0};
    if (count + suffix_count <= block_size) {
        if (count) memcpy(block, secret, count);
        if (suffix_count) memcpy(block + count, suffix, suffix_count);
    } else {
        SHA256_Init(&state);
        SHA256_Update(&state, secret, count);
        SHA256_Update(&state, suffix, suffix_count);
        SHA256_Final(block, &state);
    }
    pad(block, 0x36);
    SHA256_Init(&state);
    SHA256_Update(&state, block, block_size);
    memcpy(key->inner, state.h, sizeof key->inner);
    pad(block, 0x36 ^ 0x5C);
    SHA256_Init(&state);
    SHA256_Update(&state, block, block_size);
    memcpy(key->outer, state.h, sizeof key->outer);
    OPENSSL_cleanse(block, sizeof block);
    OPENSSL_cleanse(&state, sizeof state);
}

void csystem_hmac_sha1(const struct csystem_hmac_key *key, const void *bytes, size_t count, uint8_t mac[20]) {
    SHA_CTX state;
    sha1_restore(&state, key->inner);
    SHA1_Update(&state, bytes, count);
    SHA1_Final(mac, &state);
    sha1_restore(&state, key->outer);
    SHA1_Update(&state, mac, SHA_DIGEST_LENGTH);
    SHA1_Final(mac, &state);
    explicit_bzero(&state, sizeof state);
}

void csystem_hmac_sha256(const struct csystem_hmac_key *key, const void *bytes, size_t count, uint8_t mac[32]) {
    SHA256_CTX state;
    sha256_restore(&state, key->inner);
    SHA256_Update(&state, bytes, count);
    SHA256_Final(mac, &state);
    sha256_restore(&state, key->outer);
    SHA256_Update(&state, mac, SHA256_DIGEST_LENGTH);
    SHA256_Final(mac, &state);
    explicit_bzero(&state, sizeof state);
}

int csystem_scrypt(const void *passphrase, size_t count, const uint8_t *salt, size_t salt_count, unsigned log_n, unsigned r,
                   unsigned p, uint8_t *key, size_t key_count) {
    if (log_n == 0 || log_n > 24 || r == 0 || r > 64 || p == 0 || p > 64) return 0;
    uint64_t n = (uint64_t)1 << log_n;
    // What the function needs by its definition, and some room for how OpenSSL counts it.
    uint64_t memory = 128 * (uint64_t)r * (n + p + 2) + (1 << 20);
    return EVP_PBE_scrypt(passphrase, count, salt, salt_count, n, r, p, memory, key, key_count) == 1;
}
