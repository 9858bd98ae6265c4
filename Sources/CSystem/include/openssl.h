#pragma once
#include <stddef.h>
#include <stdint.h>

// Memory for secrets: OpenSSL's secure heap, locked against swapping, left out of core dumps, cleared on release.

/// Creates the secure heap of `size` bytes (a power of two), once in a process. Returns 1, or 2 when the memory could not be
/// locked or guarded, or 0 when there is no heap.
int csystem_secure_heap_create(size_t size);
/// Cleared memory of the secure heap, or NULL when it is full or was not created.
void *csystem_secure_allocate(size_t size);
/// Whether memory belongs to the secure heap.
int csystem_secure_owns(const void *memory);
/// Clears and releases memory of `csystem_secure_allocate`.
void csystem_secure_release(void *memory, size_t size);
/// Overwrites memory with zeros in a way that the compiler does not leave out.
void csystem_cleanse(void *memory, size_t size);
/// Whether two areas of `size` bytes are equal; takes the same time wherever they differ.
int csystem_equal(const void *left, const void *right, size_t size);

// SHA-1 and SHA-256 without allocation. A state is begun, updated any number of times, and ended.

/// A hash that is being computed; for SHA-1 and SHA-256 alike.
struct csystem_hash { uint64_t opaque[16]; };

void csystem_sha1_begin(struct csystem_hash *hash);
void csystem_sha1_update(struct csystem_hash *hash, const void *bytes, size_t count);
void csystem_sha1_end(struct csystem_hash *hash, uint8_t digest[20]);
void csystem_sha256_begin(struct csystem_hash *hash);
void csystem_sha256_update(struct csystem_hash *hash, const void *bytes, size_t count);
void csystem_sha256_end(struct csystem_hash *hash, uint8_t digest[32]);
/// SHA-256 of `count` bytes.
void csystem_sha256(const void *bytes, size_t count, uint8_t digest[32]);

// HMAC (RFC 2104) with a key that was turned into hash states once; the key's own bytes are not needed again.

/// The chaining values after the blocks of the inner and the outer pad. As secret as the key.
struct csystem_hmac_key { uint32_t inner[8], outer[8]; };

/// Keys with `secret` followed by `suffix`.
void csystem_hmac_sha1_key(struct csystem_hmac_key *key, const void *secret, size_t count, const void *suffix, size_t suffix_count);
void csystem_hmac_sha256_key(struct csystem_hmac_key *key, const void *secret, size_t count, const void *suffix, size_t suffix_count);
/// HMAC of `count` bytes. Leaves nothing of the key on the stack.
void csystem_hmac_sha1(const struct csystem_hmac_key *key, const void *bytes, size_t count, uint8_t mac[20]);
void csystem_hmac_sha256(const struct csystem_hmac_key *key, const void *bytes, size_t count, uint8_t mac[32]);

// A key from a passphrase (RFC 7914).

/// Derives `key_count` bytes by scrypt with a cost of 2^`log_n`. Takes 128 * r * 2^log_n bytes of memory while it runs. Returns
/// 1, or 0 when OpenSSL does not accept the cost or the memory is not there.
int csystem_scrypt(const void *passphrase, size_t count, const uint8_t *salt, size_t salt_count, unsigned log_n, unsigned r,
                   unsigned p, uint8_t *key, size_t key_count);
