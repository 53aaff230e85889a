package dev.jiggety.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @Test
  void readsHostsWithAndWithoutPort() {
    assertThat(HostPort.parse("dns.example", 53)).isEqualTo(new HostPort("dns.example", 53));
    assertThat(HostPort.parse("10.0.0.1:5353", 53)).isEqualTo(new HostPort("10.0.0.1", 5353));
    assertThat(HostPort.parse("::1", 53)).isEqualTo(new HostPort("::1", 53));
    assertThat(HostPort.parse("[::1]:5353", 53)).isEqualTo(new HostPort("::1", 5353));
    assertThat(HostPort.parse("[::1]:5353", 53)).hasToString("[::1]:5353");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:0", "a:65536", "a:b", ":53", "http://a", "a@b", "[::1"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> HostPort.parse(text, 53))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dns.example:53");
  }
}
