#include "certificate.h"
#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <string.h>

static X509_STORE *unwrap(const struct csystem_trust *trust) { return (X509_STORE *)trust; }

// Adds what a PEM text holds and counts it; returns 0 when something in it cannot be added.
static int add(X509_STORE *store, const char *text, int *certificates, int *lists) {
  BIO *bio = BIO_new_mem_buf(text, -1);
  STACK_OF(X509_INFO) *entries = bio ? PEM_X509_INFO_read_bio(bio, NULL, NULL, NULL) : NULL;
  BIO_free(bio);
  if (!entries) return 0;
  int good = 1;
  for (int index = 0; index < sk_X509_INFO_num(entries); index++) {
    X509_INFO *entry = sk_X509_INFO_value(entries, index);
    if (certificates && entry->x509) {
      good = good && X509_STORE_add_cert(store, entry->x509) == 1;
      ++*certificates;
    }
    if (lists && entry->crl) {
      good = good && X509_STORE_add_crl(store, entry->crl) == 1;
      ++*lists;
    }
  }
  sk_X509_INFO_pop_free(entries, X509_INFO_free);
  return good;
}

struct csystem_trust *csystem_trust_create(const char *authorities, const char *lists, const char **fault) {
  X509_STORE *store = X509_STORE_new();
  int certificate_count = 0;
  int list_count = 0;
  *fault = NULL;
  if (!store || !add(store, authorities, &certificate_count, NULL) || certificate_count == 0) {
    *fault = "no certificate in PEM";
  } else if (lists && (!add(store, lists, NULL, &list_count) || list_count == 0)) {
    *fault = "no certificate revocation list in PEM";
  } else {
    // Every certificate of the chain is looked up, so that a revoked intermediate authority counts too.
    unsigned long flags = lists ? X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL : 0;
    X509_VERIFY_PARAM *parameters = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_flags(parameters, flags);
    X509_VERIFY_PARAM_set_depth(parameters, 8);
    if (X509_STORE_set_purpose(store, X509_PURPOSE_SSL_CLIENT) != 1) *fault = "no memory";
  }
  ERR_clear_error();
  if (*fault) {
    X509_STORE_free(store);
    return NULL;
  }
  return (struct csystem_trust *)store;
}

void csystem_trust_release(struct csystem_trust *trust) { X509_STORE_free(unwrap(trust)); }

static X509 *parse(csystem_der certificate) {
  const uint8_t *next = certificate.bytes;
  if (certificate.count > LONG_MAX) return NULL;
  X509 *parsed = d2i_X509(NULL, &next, (long)certificate.count);
  if (parsed && next != certificate.bytes + certificate.count) {
    X509_free(parsed);
    parsed = NULL;
  }
  return parsed;
}

const char *csystem_trust_verify(const struct csystem_trust *trust, const csystem_der *chain, size_t count, int64_t now) {
  const char *fault = "no memory";
  X509 *leaf = count > 0 ? parse(chain[0]) : NULL;
  STACK_OF(X509) *others = sk_X509_new_null();
  X509_STORE_CTX *context = X509_STORE_CTX_new();
  for (size_t index = 1; index < count && others; index++) {
    X509 *other = parse(chain[index]);
    if (other && sk_X509_push(others, other) == 0) X509_free(other);
  }
  if (!leaf) {
    fault = "the certificate is malformed";
  } else if (others && context && X509_STORE_CTX_init(context, unwrap(trust), leaf, others) == 1) {
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context), (time_t)now);
    fault = X509_verify_cert(context) == 1 ? NULL : X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
  }
  X509_STORE_CTX_free(context);
  sk_X509_pop_free(others, X509_free);
  X509_free(leaf);
  ERR_clear_error();
  return fault;
}

static void report(void *context, csystem_name_kind kind, const uint8_t *name, int count,
                   void (*found)(void *, csystem_name_kind, const uint8_t *, size_t)) {
  if (name && count > 0 && !memchr(name, 0, (size_t)count)) found(context, kind, name, (size_t)count);
}

static void report_subject(X509_NAME *subject, void *context,
                           void (*found)(void *, csystem_name_kind, const uint8_t *, size_t)) {
  BIO *bio = BIO_new(BIO_s_mem());
  char *text = NULL;
  if (bio && X509_NAME_print_ex(bio, subject, 0, XN_FLAG_RFC2253) >= 0) {
    long count = BIO_get_mem_data(bio, &text);
    if (count <= INT_MAX) report(context, csystem_name_subject, (const uint8_t *)text, (int)count, found);
  }
  BIO_free(bio);
}

static void report_common_name(X509_NAME *subject, void *context,
                               void (*found)(void *, csystem_name_kind, const uint8_t *, size_t)) {
  int place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  // Of several nobody can say which one is meant.
  if (place < 0 || X509_NAME_get_index_by_NID(subject, NID_commonName, place) >= 0) return;
  uint8_t *text = NULL;
  int count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place)));
  report(context, csystem_name_common, text, count, found);
  OPENSSL_free(text);
}

int csystem_certificate_names(csystem_der certificate, void *context,
                              void (*found)(void *context, csystem_name_kind kind, const uint8_t *name, size_t count)) {
  X509 *parsed = parse(certificate);
  if (!parsed) {
    ERR_clear_error();
    return 0;
  }
  X509_NAME *subject = X509_get_subject_name(parsed);
  report_subject(subject, context, found);
  report_common_name(subject, context, found);
  GENERAL_NAMES *names = X509_get_ext_d2i(parsed, NID_subject_alt_name, NULL, NULL);
  for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
    int type = 0;
    const ASN1_STRING *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index), &type);
    csystem_name_kind kind;
    switch (type) {
      case GEN_DNS: kind = csystem_name_dns; break;
      case GEN_EMAIL: kind = csystem_name_email; break;
      case GEN_URI: kind = csystem_name_uri; break;
      default: continue;
    }
    report(context, kind, ASN1_STRING_get0_data(value), ASN1_STRING_length(value), found);
  }
  GENERAL_NAMES_free(names);
  X509_free(parsed);
  ERR_clear_error();
  return 1;
}
