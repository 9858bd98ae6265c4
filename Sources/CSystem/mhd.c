#include "mhd.h"

#include <gnutls/gnutls.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

_Static_assert((int)MHD_REQUEST_TERMINATED_COMPLETED_OK == mhd_completed, "termination codes");
_Static_assert((int)MHD_REQUEST_TERMINATED_DAEMON_SHUTDOWN == mhd_stopped, "termination codes");
_Static_assert((int)MHD_REQUEST_TERMINATED_READ_ERROR == mhd_read_failed, "termination codes");
_Static_assert((int)MHD_REQUEST_TERMINATED_CLIENT_ABORT == mhd_caller_gone, "termination codes");

static enum MHD_Result on_accept(void *context, const struct sockaddr *address, socklen_t length) {
  const mhd_callbacks *callbacks = context;
  return callbacks->accepted(callbacks->context, address, length) ? MHD_YES : MHD_NO;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **connection_context,
                          enum MHD_ConnectionNotificationCode code) {
  const mhd_callbacks *callbacks = context;
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    const union MHD_ConnectionInfo *descriptor = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *connection_context = callbacks->opened(callbacks->context, connection, descriptor ? descriptor->connect_fd : -1,
                                                 address ? address->client_addr : NULL);
  } else {
    callbacks->closed(callbacks->context, *connection_context);
  }
}

// libmicrohttpd parses the query into a list of arguments in the pool of the connection, in place, whether anybody wants
// it or not. It found the `?` before this call and parses until the first NUL after it: a NUL right there makes an empty
// list, and leaves the query's bytes for us.
static void *on_target(void *context, const char *target, struct MHD_Connection *connection) {
  const mhd_callbacks *callbacks = context;
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  // A request line without target or version is answered by libmicrohttpd itself before it comes here.
  char *bytes = (char *)target;
  size_t length = strlen(bytes);
  char *query = memchr(bytes, '?', length);
  char after_query = 0;
  if (query) {
    after_query = query[1];
    query[1] = 0;
  }
  return callbacks->target(callbacks->context, connection, info ? info->socket_context : NULL, (uint8_t *)bytes, length,
                                query ? query - bytes : -1, (uint8_t)after_query);
}

static enum MHD_Result on_progress(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                   const char *version, const char *piece, size_t *size, void **request) {
  const mhd_callbacks *callbacks = context;
  mhd_request_line line = {(const uint8_t *)method, (const uint8_t *)version};
  size_t received = *size;
  *size = 0;
  return callbacks->progress(*request, line, (const uint8_t *)piece, received) ? MHD_YES : MHD_NO;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode code) {
  const mhd_callbacks *callbacks = context;
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
  if (*request) callbacks->completed(*request, info ? info->http_status : 0, code);
  *request = NULL;
}

static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text) { return strlen(text); }

// MHD_OPTION_STRICT_FOR_CLIENT stays off: all it adds in 0.9.75 is to hang up on a blank in the target, and to refuse a
// missing Host with a response whose head is sent twice. Both are found by the application's own check.
struct MHD_Daemon *mhd_start(const mhd_configuration *configuration) {
  struct MHD_OptionItem tls[] = {
      {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)configuration->certificate},
      {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)configuration->key},
      {MHD_OPTION_HTTPS_PRIORITIES, 0, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
      {configuration->trust ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0, (void *)configuration->trust},
      {MHD_OPTION_END, 0, NULL},
  };
  struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
  bool secure = configuration->certificate != NULL;
  void *callbacks = (void *)configuration->callbacks;
  return MHD_start_daemon(
      MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (secure ? MHD_USE_TLS : 0), 0, on_accept, callbacks, on_progress,
      callbacks, MHD_OPTION_LISTEN_SOCKET, configuration->listener, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      configuration->memory, MHD_OPTION_CONNECTION_LIMIT, configuration->connections, MHD_OPTION_NOTIFY_CONNECTION,
      on_connection, callbacks, MHD_OPTION_URI_LOG_CALLBACK, on_target, callbacks, MHD_OPTION_NOTIFY_COMPLETED,
      on_completed, callbacks, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_ARRAY, secure ? tls : none,
      MHD_OPTION_END);
}

int mhd_epoll_descriptor(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return info ? info->epoll_fd : -1;
}

bool mhd_run(struct MHD_Daemon *daemon) {
  MHD_run(daemon);
  // No connection has a time-out of libmicrohttpd's, so the only one there can be is "at once".
  MHD_UNSIGNED_LONG_LONG timeout;
  return MHD_get_timeout(daemon, &timeout) == MHD_YES;
}

void mhd_stop_listening(struct MHD_Daemon *daemon) {
  int listener = MHD_quiesce_daemon(daemon);
  if (listener >= 0) close(listener);
}

unsigned int mhd_connection_count(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
  return info ? info->num_connections : 0;
}

void mhd_stop(struct MHD_Daemon *daemon) { MHD_stop_daemon(daemon); }

typedef struct {
  mhd_field *fields;
  size_t capacity;
  size_t count;
} field_list;

static enum MHD_Result add_field(void *context, enum MHD_ValueKind kind, const char *name, size_t name_length,
                                 const char *value, size_t value_length) {
  field_list *list = context;
  if (list->count < list->capacity) {
    mhd_field field = {(const uint8_t *)name, name_length, (const uint8_t *)value, value_length};
    list->fields[list->count] = field;
  }
  list->count++;
  return MHD_YES;
}

size_t mhd_fields(struct MHD_Connection *connection, mhd_field *fields, size_t capacity) {
  field_list list = {fields, capacity, 0};
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, add_field, &list);
  return list.count;
}

size_t mhd_head_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

void mhd_suspend(struct MHD_Connection *connection) { MHD_suspend_connection(connection); }

void mhd_resume(struct MHD_Connection *connection) { MHD_resume_connection(connection); }

size_t mhd_client_chain(struct MHD_Connection *connection, csystem_der *chain, size_t capacity) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  unsigned int count = 0;
  if (!info || gnutls_certificate_type_get2(info->tls_session, GNUTLS_CTYPE_CLIENT) != GNUTLS_CRT_X509) return 0;
  const gnutls_datum_t *peers = gnutls_certificate_get_peers(info->tls_session, &count);
  if (!peers) return 0;
  for (size_t index = 0; index < count && index < capacity; index++) {
    chain[index].bytes = peers[index].data;
    chain[index].count = peers[index].size;
  }
  return count;
}

// Adding a header costs libmicrohttpd three allocations and nine scans of its text. So all of them go in as one, "Date",
// whose value goes on over the line ends. As libmicrohttpd refuses CR and LF, those are put into the response's own copy.
static bool add_headers(struct MHD_Response *response, const mhd_answer *answer) {
  if (answer->closes && MHD_add_response_header(response, "Connection", "close") != MHD_YES) return false;
  if (MHD_add_response_header(response, "Date", answer->headers) != MHD_YES) return false;
  char *value = (char *)MHD_get_response_header(response, "Date");
  if (!value) return false;
  while ((value = strchr(value, 1))) {
    value[0] = '\r';
    value[1] = '\n';
  }
  return true;
}

bool mhd_respond(struct MHD_Connection *connection, const mhd_answer *answer) {
  struct MHD_Response *response =
      answer->release
          ? MHD_create_response_from_buffer_with_free_callback_cls(answer->body_length, (void *)answer->body,
                                                                   answer->release, answer->owner)
          : MHD_create_response_from_buffer(answer->body_length, (void *)answer->body, MHD_RESPMEM_PERSISTENT);
  if (!response) {
    if (answer->release) answer->release(answer->owner);
    return false;
  }
  bool queued =
      add_headers(response, answer) && MHD_queue_response(connection, answer->status, response) == MHD_YES;
  MHD_destroy_response(response);
  return queued;
}

int64_t socket_bytes_acknowledged(int descriptor) {
  struct tcp_info info;
  socklen_t length = sizeof info;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return -1;
  if (length < offsetof(struct tcp_info, tcpi_bytes_acked) + sizeof info.tcpi_bytes_acked) return -1;
  return (int64_t)info.tcpi_bytes_acked;
}

int socket_unread(int descriptor) {
  int count = 0;
  return ioctl(descriptor, SIOCINQ, &count) == 0 ? count : 0;
}
