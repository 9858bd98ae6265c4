#pragma once
// libcurl's variadic functions as typed ones, which is all that Swift lacks to use it.
#include <curl/curl.h>

// Makes OpenSSL clear what it decrypted as soon as it was read. Does nothing where libcurl uses another library.
void curl_set_cleansing(CURL *easy);

// curl_easy_setopt by the type of the option's value.
CURLcode curl_set_long(CURL *easy, CURLoption option, long value);
CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode curl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode curl_set_open_function(CURL *easy, curl_opensocket_callback function);
CURLcode curl_set_close_function(CURL *easy, curl_closesocket_callback function);

// curl_easy_getinfo by the type of the answer; the defaults stand when libcurl has none.
long curl_get_long(CURL *easy, CURLINFO info);
void *curl_get_pointer(CURL *easy, CURLINFO info);
// The socket of a connection that was made for the application, or CURL_SOCKET_BAD.
curl_socket_t curl_get_socket(CURL *easy);

// curl_multi_setopt by the type of the option's value.
CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode curl_multi_set_pointer(CURLM *multi, CURLMoption option, void *value);
CURLMcode curl_multi_set_socket_function(CURLM *multi, curl_socket_callback function);
CURLMcode curl_multi_set_timer_function(CURLM *multi, curl_multi_timer_callback function);
