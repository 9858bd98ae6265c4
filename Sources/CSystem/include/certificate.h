#pragma once
#include <stddef.h>
#include <stdint.h>

// Certificates of callers: who vouches for them, and whom they name.

/// A certificate as bytes in DER.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} csystem_der;

/// Authorities and the lists of what they revoked. May be used by several threads at once.
struct csystem_trust;

/// Reads PEM texts: at least one authority; `lists` is NULL where none are to be heeded, else has at least one. Returns NULL
/// with the reason in `fault` (a static text) when a text is none.
struct csystem_trust *csystem_trust_create(const char *authorities, const char *lists, const char **fault);
void csystem_trust_release(struct csystem_trust *trust);
/// Whether a chain, the caller's own certificate first, leads to an authority at `now` (seconds since 1970), is meant for
/// TLS clients, and nothing in it is expired or revoked. Returns NULL, or the reason why not (a static text).
const char *csystem_trust_verify(const struct csystem_trust *trust, const csystem_der *chain, size_t count, int64_t now);

/// What a name in a certificate is.
typedef enum { csystem_name_subject, csystem_name_common, csystem_name_dns, csystem_name_email, csystem_name_uri } csystem_name_kind;

/// Calls `found` with each name of a certificate: the whole subject as RFC 2253 writes it, the common name when there is
/// exactly one, and the alternative names. Names with a NUL are left out. Returns 0 when `certificate` is none.
int csystem_certificate_names(csystem_der certificate, void *context,
                              void (*found)(void *context, csystem_name_kind kind, const uint8_t *name, size_t count));
