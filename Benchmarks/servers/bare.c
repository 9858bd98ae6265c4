// The floor: libmicrohttpd on one thread, answering every request with the same prepared bytes.
// usage: bare PORT BODY-FILE [NAME VALUE]...
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct MHD_Response *response;

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **state) {
    static int seen;
    (void)context, (void)url, (void)method, (void)version, (void)upload;
    if (*upload_size != 0) {
        *upload_size = 0;
        return MHD_YES;
    }
    // An answer in the first call would end the connection: libmicrohttpd takes it for one before the body.
    if (*state == NULL) {
        *state = &seen;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, response);
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: bare PORT BODY-FILE [NAME VALUE]...\n");
        return 2;
    }
    FILE *file = fopen(arguments[2], "rb");
    if (file == NULL) {
        perror(arguments[2]);
        return 1;
    }
    static char body[1 << 20];
    size_t length = fread(body, 1, sizeof body, file);
    fclose(file);
    response = MHD_create_response_from_buffer(length, body, MHD_RESPMEM_PERSISTENT);
    for (int index = 3; index + 1 < count; index += 2)
        MHD_add_response_header(response, arguments[index], arguments[index + 1]);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)atoi(arguments[1]), NULL, NULL, answer, NULL,
                         MHD_OPTION_CONNECTION_LIMIT, 20000u, MHD_OPTION_END);
    if (daemon == NULL) {
        fprintf(stderr, "bare: cannot listen on port %s\n", arguments[1]);
        return 1;
    }
    pause();
    return 0;
}
