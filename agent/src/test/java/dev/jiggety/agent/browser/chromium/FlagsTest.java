package dev.jiggety.agent.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Connection.Family;
import dev.jiggety.model.Connection.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlagsTest {
  static Stream<Arguments> impossible() {
    return Stream.of(
        Arguments.of(
            "resolver",
            new Connection(Version.AUTO, Family.ANY, null, "9.9.9.9", null, null, null, null)),
        Arguments.of(
            "family",
            new Connection(Version.AUTO, Family.IPV6, null, null, null, null, null, null)),
        Arguments.of(
            "version",
            new Connection(Version.HTTP_2, Family.ANY, null, null, null, null, null, null)),
        Arguments.of(
            "client-certificate",
            new Connection(Version.AUTO, Family.ANY, null, null, null, null, "PEM", "PEM")),
        Arguments.of("proxy", proxied("socks5://ada:secret@proxy:1080")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossible")
  void refusesWhatChromiumCannotDo(String field, Connection connection) {
    assertThat(Flags.refusal(connection))
        .hasValueSatisfying(
            why -> assertThat(why).contains("connection." + field).contains("htmlunit"));
  }

  @Test
  void takesWhatItCan() {
    assertThat(Flags.refusal(Connection.DEFAULT)).isEmpty();
    assertThat(Flags.refusal(proxied("http://ada:secret@proxy:3128"))).isEmpty();
    assertThat(Flags.refusal(proxied("socks5://proxy:1080"))).isEmpty();
    assertThat(Flags.refusal(at("127.0.0.1"))).isEmpty();
  }

  @Test
  void leavesTheSandboxOnUnlessRoot() {
    assertThat(flags(Connection.DEFAULT, false)).doesNotContain("--no-sandbox");
    assertThat(flags(Connection.DEFAULT, true)).contains("--no-sandbox");
  }

  @Test
  void goesToTheFixedAddressWhateverTheName() {
    assertThat(flags(at("192.0.2.7"), false)).contains("--host-resolver-rules=MAP * 192.0.2.7");
    assertThat(flags(at("2001:db8::7"), false))
        .contains("--host-resolver-rules=MAP * [2001:db8::7]");
  }

  @Test
  void usesTheProxyOfTheTestAndNeverTheMachines() {
    assertThat(flags(Connection.DEFAULT, false)).contains("--no-proxy-server");
    List<String> flags = flags(proxied("http://ada:secret@proxy:3128"), false);
    assertThat(flags)
        .contains("--proxy-server=http://proxy:3128", "--proxy-bypass-list=<-loopback>")
        .doesNotContain("--no-proxy-server");
    assertThat(String.join(" ", flags)).doesNotContain("secret");
  }

  private static Connection at(@Nullable String address) {
    return new Connection(Version.AUTO, Family.ANY, address, null, null, null, null, null);
  }

  private static Connection proxied(String proxy) {
    return new Connection(Version.AUTO, Family.ANY, null, null, proxy, null, null, null);
  }

  private static List<String> flags(Connection connection, boolean root) {
    Path folder = Path.of("folder");
    return Flags.of(new BrowserOptions(connection, true, 800, 600, 0, folder), folder, root);
  }
}
