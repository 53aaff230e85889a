package dev.jiggety.agent.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "ERR_NAME_NOT_RESOLVED, DNS",
    "ERR_DNS_MALFORMED_RESPONSE, DNS",
    "ERR_CONNECTION_REFUSED, REFUSED",
    "ERR_ADDRESS_UNREACHABLE, REFUSED",
    "ERR_PROXY_CONNECTION_FAILED, REFUSED",
    "ERR_CONNECTION_RESET, RESET",
    "ERR_EMPTY_RESPONSE, RESET",
    "ERR_CONTENT_LENGTH_MISMATCH, RESET",
    "ERR_CONNECTION_TIMED_OUT, TIMEOUT",
    "ERR_CERT_DATE_INVALID, TLS",
    "ERR_CERT_WEAK_KEY, TLS",
    "ERR_SSL_PROTOCOL_ERROR, TLS",
    "ERR_BAD_SSL_CLIENT_AUTH_CERT, TLS",
    "ERR_TOO_MANY_REDIRECTS, PROTOCOL",
    "ERR_INVALID_HTTP_RESPONSE, PROTOCOL",
    "ERR_HTTP2_PROTOCOL_ERROR, PROTOCOL",
    "ERR_SOMETHING_NEW, PROTOCOL",
    "ERR_INTERNET_DISCONNECTED, INTERNAL",
    "ERR_OUT_OF_MEMORY, INTERNAL",
    "ERR_UNSAFE_PORT, INTERNAL"
  })
  void eachNameHasItsKind(String name, ErrorKind kind) {
    Failure failure = NetErrors.failure("net::" + name, "https://shop.example:8443/basket?id=1");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.text()).contains(name).doesNotContain("basket");
  }
}
