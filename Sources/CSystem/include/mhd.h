#pragma once
// libmicrohttpd's variadic functions and closed enumerations as typed C, which is all that Swift lacks to use it.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include "certificate.h"

struct MHD_Daemon;
struct MHD_Connection;

// One request header. The bytes are the connection's, valid until its request is completed; each is followed by a NUL.
typedef struct {
  const uint8_t *name;
  size_t name_length;
  const uint8_t *value;
  size_t value_length;
} mhd_field;

// The request line as libmicrohttpd cut it: NUL-terminated, in the connection's read buffer.
typedef struct {
  const uint8_t *method;
  const uint8_t *version;
} mhd_request_line;

// Why a request is over. The values are those of enum MHD_RequestTerminationCode; others than these are errors.
enum { mhd_completed = 0, mhd_stopped = 3, mhd_read_failed = 4, mhd_caller_gone = 5 };

// What libmicrohttpd tells its application. `connection_context` is what `opened` returned, `request` what `target`
// returned.
typedef struct {
  void *context;
  // Whether to serve a connection that was just accepted.
  bool (*accepted)(void *context, const struct sockaddr *address, socklen_t length);
  void *(*opened)(void *context, struct MHD_Connection *connection, int descriptor, const struct sockaddr *address);
  // The descriptor is still open.
  void (*closed)(void *context, void *connection_context);
  // The request line arrived; its target is given as received. When `query` is not negative, it is the offset of the
  // target's first `?`; that byte and the next, given as `after_query`, are NUL by the first call of `progress`.
  void *(*target)(void *context, struct MHD_Connection *connection, void *connection_context, uint8_t *target,
                  size_t length, ptrdiff_t query, uint8_t after_query);
  // Called when the head is complete, for each piece of the body (the only calls with `size` above 0), and when all of
  // it arrived. False drops the connection.
  bool (*progress)(void *request, mhd_request_line line, const uint8_t *piece, size_t size);
  void (*completed)(void *request, uint32_t status, int termination);
} mhd_callbacks;

typedef struct {
  // Bound, listening and non-blocking. The daemon's from then on, also when it cannot start.
  int listener;
  // PEM texts; NULL certificate for plain HTTP. With `trust` clients are asked for a certificate of these authorities.
  const char *certificate;
  const char *key;
  const char *trust;
  // Bytes of memory for each connection's heads.
  size_t memory;
  unsigned int connections;
  // Must outlive the daemon.
  const mhd_callbacks *callbacks;
} mhd_configuration;

// A daemon without threads that waits on an epoll descriptor; NULL when it cannot start.
struct MHD_Daemon *mhd_start(const mhd_configuration *configuration);
int mhd_epoll_descriptor(struct MHD_Daemon *daemon);
// Handles what happened on the daemon's descriptors. True when it must be run again without waiting.
bool mhd_run(struct MHD_Daemon *daemon);
// Stops accepting and closes the listening descriptor.
void mhd_stop_listening(struct MHD_Daemon *daemon);
// Connections that are open.
unsigned int mhd_connection_count(struct MHD_Daemon *daemon);
// Closes all connections and frees the daemon. No connection may be suspended.
void mhd_stop(struct MHD_Daemon *daemon);

// Fills `fields` with up to `capacity` headers in the order received and returns how many there are.
size_t mhd_fields(struct MHD_Connection *connection, mhd_field *fields, size_t capacity);
// Bytes from the method's first to the end of the empty line that ends the head.
size_t mhd_head_size(struct MHD_Connection *connection);
void mhd_suspend(struct MHD_Connection *connection);
void mhd_resume(struct MHD_Connection *connection);

// Fills `chain` with up to `capacity` of the certificates that the client of a TLS connection sent, its own first, and returns
// how many those are. The client has proved that it has the key of its own; nothing else about them was checked. The bytes
// are the connection's.
size_t mhd_client_chain(struct MHD_Connection *connection, csystem_der *chain, size_t capacity);

typedef struct {
  uint32_t status;
  bool closes;
  // The value of Date, and after it any other headers as "\1\1Name: value", where the two bytes of 1 stand for CR LF; without
  // other control characters. NUL-terminated.
  const char *headers;
  // Stays as it is until `release(owner)` is called, which happens once, also on failure; NULL release for static bytes.
  const void *body;
  size_t body_length;
  void (*release)(void *owner);
  void *owner;
} mhd_answer;

// Queues the answer to the connection's request. False when that is no longer possible.
bool mhd_respond(struct MHD_Connection *connection, const mhd_answer *answer);

// Bytes the peer of a TCP connection acknowledged so far; -1 for other sockets.
int64_t socket_bytes_acknowledged(int descriptor);
// Bytes that arrived and were not read; 0 when that cannot be told.
int socket_unread(int descriptor);
