package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.TestDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetRulesTest {
  @Test
  void takesWhatIsRight() {
    assertThat(problems(tcp("mail.example", 25, "^220"))).isEmpty();
    assertThat(problems(tcp("2001:db8::1", 25, null))).isEmpty();
    assertThat(problems(new Check.Tls("a.example", 443, "b.example", Connection.DEFAULT)))
        .isEmpty();
    assertThat(problems(dns("_sip._tcp.shop.example", "192.0.2.53:5353"))).isEmpty();
    assertThat(problems(dns("shop.example.", null))).isEmpty();
  }

  @Test
  void namesThePlaceOfWhatIsWrong() {
    assertThat(problems(tcp("http://mail.example", 25, null))).containsExactly("tcp.host");
    assertThat(problems(tcp("mail.example", 0, "("))).containsExactly("tcp.port", "tcp.expect");
    assertThat(problems(new Check.Tls("", 70_000, "a b", Connection.DEFAULT)))
        .containsExactly("tls.host", "tls.port", "tls.server-name");
    assertThat(problems(dns("a..b", "x:y"))).containsExactly("dns.name", "dns.resolver");
    Connection two =
        new Connection(
            Connection.Version.HTTP_2, Connection.Family.ANY, null, null, null, null, null, null);
    assertThat(problems(new Check.Tcp("a.example", 1, null, null, true, two)))
        .containsExactly("tcp.connection.version");
  }

  private static Check tcp(String host, int port, @Nullable String expect) {
    return new Check.Tcp(host, port, null, expect, false, Connection.DEFAULT);
  }

  private static Check dns(String name, @Nullable String resolver) {
    return new Check.Dns(name, Check.Dns.RecordType.A, resolver);
  }

  private static List<String> problems(Check check) {
    return TestRules.problems(TestDefinition.builder("a", check).build()).stream()
        .map(Problem::place)
        .toList();
  }
}
