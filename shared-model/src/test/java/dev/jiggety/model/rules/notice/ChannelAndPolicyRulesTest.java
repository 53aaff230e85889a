package dev.jiggety.model.rules.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Channel.Encryption;
import dev.jiggety.model.Channel.Mail;
import dev.jiggety.model.Channel.Service;
import dev.jiggety.model.Channel.Webhook;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Policy.Hours;
import dev.jiggety.model.Policy.Limit;
import dev.jiggety.model.Policy.Selection;
import dev.jiggety.model.Policy.Step;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelAndPolicyRulesTest {
  private static final Mail MAIL =
      new Mail(
          "mail.example.org",
          587,
          Encryption.STARTTLS,
          null,
          null,
          "a@b.example",
          List.of("c@d.e"));

  @Test
  void aSecretMustNotStandWhereEverybodyReadsIt() {
    assertThat(texts(channel(new Mail("m", 25, Encryption.NONE, "u", "pw", "a@b.c", MAIL.to()))))
        .containsExactly(
            "mail.password: must be a secret of the manager: write ${secret.NAME} and keep it"
                + " there");
    assertThat(texts(channel(webhook(Service.PAGERDUTY, Service.PAGERDUTY_URL, "R0UT1NG"))))
        .singleElement()
        .asString()
        .startsWith("webhook.key: must be a secret");
    Webhook withHeader =
        new Webhook(
            Service.GENERIC,
            "https://x.example/",
            "",
            "POST",
            List.of(new Header("authorization", "Bearer abc"), new Header("Host", "x")),
            null);
    assertThat(texts(channel(withHeader))).hasSize(2);
    Channel template =
        new Channel("x", "x", MAIL, Channel.DEFAULT_TIMEOUT, "{{subject}} ${secret.a}", null);
    assertThat(ChannelRules.problems(template)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://x.example/",
        "https:///x",
        "https://u:p@x.example/",
        "https://x.example/a b",
        "javascript:x",
        "file:///etc/passwd",
        "secret.hook"
      })
  void anAddressThatIsNone(String url) {
    assertThat(texts(channel(webhook(Service.SLACK, url, ""))))
        .singleElement()
        .asString()
        .startsWith("webhook.url: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example/T1/B2",
        "http://127.0.0.1:8080/x",
        "${secret.slack-url}",
        "https://hooks.example/${secret.token}"
      })
  void anAddressOfAWebhook(String url) {
    assertThat(texts(channel(webhook(Service.SLACK, url, "")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops", "a@b\nBcc: c@d.e", "a b@c.d", "<a@b.c>", "a@b.c,d@e.f", "@b.c"})
  void anAddressOfMailThatIsNone(String address) {
    assertThat(texts(channel(new Mail("m", 25, Encryption.NONE, null, null, address, MAIL.to()))))
        .singleElement()
        .asString()
        .startsWith("mail.from: must be a mail address");
  }

  @Test
  void aChannelThatCanBeUsed() {
    assertThat(texts(channel(MAIL))).isEmpty();
    assertThat(texts(channel(new Channel.Command("send-sms", List.of("-a"))))).isEmpty();
    assertThat(texts(channel(new Channel.Command("/bin/sh", List.of())))).hasSize(1);
    assertThat(texts(channel(new Channel.Command("..", List.of())))).hasSize(1);
  }

  @Test
  void stepsGrowAndHoursComeTrue() {
    Policy wrong =
        new Policy(
            "P",
            "p",
            true,
            Selection.ALL,
            List.of(
                new Step(Duration.ofMinutes(5), List.of("a")),
                new Step(Duration.ofMinutes(5), List.of("a", "a"))),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            new Limit(0, Duration.ZERO),
            List.of(new Hours("0 25 * * *", Duration.ZERO, ZoneId.of("UTC"))),
            List.of(),
            true);
    assertThat(PolicyRules.problems(wrong))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "id",
            "steps[1].after",
            "steps[1].channels",
            "remind",
            "group",
            "limit.count",
            "limit.per",
            "hours[0].cron",
            "hours[0].for");
  }

  private static Channel channel(Channel.Target target) {
    return new Channel("ops", "Operations", target, Channel.DEFAULT_TIMEOUT, null, null);
  }

  private static Webhook webhook(Service service, String url, String key) {
    return new Webhook(service, url, key, "POST", List.of(), null);
  }

  private static List<String> texts(Channel channel) {
    return ChannelRules.problems(channel).stream().map(Problem::toString).toList();
  }
}
