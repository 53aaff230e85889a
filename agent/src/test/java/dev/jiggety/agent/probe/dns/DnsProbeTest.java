package dev.jiggety.agent.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DnsProbeTest {
  private final DnsProbe probe = new DnsProbe();
  private SmallNameServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new SmallNameServer();
    server.put("shop.example", Type.A, "192.0.2.7", "192.0.2.8");
    server.put("shop.example", Type.AAAA, "2001:db8::7");
    server.put("shop.example", Type.MX, "10 mail.shop.example.");
    server.put("shop.example", Type.TXT, "\"v=spf1 \" \"-all\"");
    server.put("www.shop.example", Type.CNAME, "shop.example.");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example, A, 192.0.2.8",
    "shop.example, AAAA, 2001:db8:0:0:0:0:0:7",
    "shop.example, MX, 10 mail.shop.example",
    "shop.example, TXT, v=spf1 -all",
    "www.shop.example, CNAME, shop.example"
  })
  void asksForRecordsOfEveryKind(String name, Check.Dns.RecordType record, String expected) {
    Sample sample = measure(name, record, Assertion.that(Target.ANSWER, Operator.EQUALS, expected));
    assertThat(sample.failure()).isNull();
    assertThat(sample.phases().time(Phase.DNS)).isPresent();
    assertThat(sample.phases().sum()).isEqualTo(sample.total());
    assertThat(sample.bytes()).isPositive();
  }

  @Test
  void failsWhereAnAnswerIsAnother() {
    Sample sample =
        measure(
            "shop.example",
            Check.Dns.RecordType.A,
            Assertion.that(Target.ANSWER, Operator.EQUALS, "192.0.2.9"));
    assertThat(Objects.requireNonNull(sample.failure()).kind()).isEqualTo(ErrorKind.ASSERTION);
    assertThat(sample.failure().text()).contains("192.0.2.9").contains("192.0.2.7");
  }

  @Test
  void tellsThatThereIsNoSuchName() {
    Sample sample = measure("nobody.example", Check.Dns.RecordType.A);
    assertThat(Objects.requireNonNull(sample.failure()).kind()).isEqualTo(ErrorKind.DNS);
    assertThat(sample.failure().text()).contains("there is no name nobody.example");
    Assertion absent = new Assertion(Target.ANSWER, "", Operator.EXISTS, true, "");
    assertThat(measure("nobody.example", Check.Dns.RecordType.A, absent).failure()).isNull();
  }

  @Test
  void asksForAtLeastOneAnswer() {
    Sample sample = measure("www.shop.example", Check.Dns.RecordType.A);
    assertThat(Objects.requireNonNull(sample.failure()).kind()).isEqualTo(ErrorKind.ASSERTION);
  }

  @Test
  void takesALongAnswerOverTcp() throws IOException {
    String[] many = IntStream.range(0, 100).mapToObj(i -> "192.0.2." + i).toArray(String[]::new);
    server.put("many.example", Type.A, many);
    Sample sample =
        measure(
            "many.example",
            Check.Dns.RecordType.A,
            Assertion.that(Target.ANSWER, Operator.EQUALS, "192.0.2.99"));
    assertThat(sample.failure()).isNull();
    assertThat(sample.bytes()).isGreaterThan(512);
  }

  @Test
  void tellsWhatTheServerAnswersInstead() {
    server.answerWith(Rcode.SERVFAIL);
    Sample sample = measure("shop.example", Check.Dns.RecordType.A);
    assertThat(Objects.requireNonNull(sample.failure()).text()).endsWith("answered SERVFAIL");
  }

  @Test
  void givesUpOnAServerThatSaysNothing() {
    server.fallSilent();
    Sample sample =
        probe.measure(
            new Probe.Request(
                new Check.Dns("shop.example", Check.Dns.RecordType.A, server.address()),
                Duration.ofMillis(300),
                List.of()));
    assertThat(Objects.requireNonNull(sample.failure()).kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(sample.failure().phase()).isEqualTo(Phase.DNS);
    assertThat(sample.total()).isGreaterThanOrEqualTo(Duration.ofMillis(250));
  }

  private Sample measure(String name, Check.Dns.RecordType record, Assertion... assertions) {
    return probe.measure(
        new Probe.Request(
            new Check.Dns(name, record, server.address()),
            Duration.ofSeconds(10),
            List.of(assertions)));
  }
}
