package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.document.ChannelDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.PolicyDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Change;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Policy;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.testing.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the failure of a site to the people: one mail and one message with the evidence, and again
 * when it is over, whatever becomes of the manager meanwhile.
 */
class ToldTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir Path folder;
  private final List<JsonObject> hooked = new CopyOnWriteArrayList<>();
  private Installation installation;
  private GreenMail mail;
  private HttpServer hook;
  private Instant begin;

  @BeforeEach
  void start() throws IOException {
    begin = Instant.now();
    mail = new GreenMail(new ServerSetup(Ports.free(), LOOPBACK, ServerSetup.PROTOCOL_SMTP));
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            hooked.add(JsonParser.parseString(body).getAsJsonObject());
            exchange.sendResponseHeaders(204, -1);
          }
        });
    hook.start();
    installation = new Installation(folder);
    installation.site.answer("home", 200);
    installation.hand(
        "p",
        installation.ada(),
        new StrategyChoice.Named("instant"),
        begin,
        List.of(
            installation.shop("home"),
            put(ChannelDocument.TYPE, mailChannel()),
            put(ChannelDocument.TYPE, hookChannel()),
            put(PolicyDocument.TYPE, policy())));
    assertThat(installation.awaitEnd("p").state()).isEqualTo(RolloutState.COMPLETED);
    installation.awaitVisits("home", 6);
  }

  @AfterEach
  void stop() {
    installation.close();
    hook.stop(0);
    mail.stop();
  }

  private static <T> Change put(DocumentType<T> type, T value) {
    JsonObject document = type.write(value);
    return new Change.Put(type.id(value), Contents.of(document), null);
  }

  private Channel mailChannel() {
    return new Channel(
        "ops-mail",
        "Mail",
        new Channel.Mail(
            LOOPBACK,
            mail.getSmtp().getServerSetup().getPort(),
            Channel.Encryption.NONE,
            null,
            null,
            "jiggety@example.org",
            List.of("ops@example.org")),
        Channel.DEFAULT_TIMEOUT,
        null,
        null);
  }

  private Channel hookChannel() {
    String url = "http://" + LOOPBACK + ":" + hook.getAddress().getPort() + "/hook";
    return new Channel(
        "hook",
        "Hook",
        new Channel.Webhook(Channel.Service.GENERIC, url, "", "POST", List.of(), null),
        Channel.DEFAULT_TIMEOUT,
        null,
        null);
  }

  private static Policy policy() {
    return new Policy(
        "ops",
        "Operations",
        true,
        new Policy.Selection(Set.of(Kind.DOWN), new TreeSet<>(), new TreeSet<>(), new TreeSet<>()),
        List.of(new Policy.Step(Duration.ZERO, List.of("ops-mail", "hook"))),
        null,
        Duration.ZERO,
        Policy.Limit.DEFAULT,
        List.of(),
        List.of(),
        true);
  }

  private List<String> subjects() {
    return Arrays.stream(mail.getReceivedMessages()).map(ToldTest::subject).toList();
  }

  private static String subject(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String text(int index) throws MessagingException, IOException {
    return String.valueOf(
        com.icegreen.greenmail.util.GreenMailUtil.getBody(mail.getReceivedMessages()[index]));
  }

  private List<Incident> outages() {
    return installation
        .repositories()
        .incidents()
        .between(begin, Instant.now().plus(Duration.ofHours(2)))
        .stream()
        .map(Stored::value)
        .filter(it -> it.subject().equals("shop"))
        .toList();
  }

  @Test
  void oneMailAndOneMessageWhenItFailsAndWhenItHeals() throws Exception {
    mail.start();
    installation.site.answer("home", 503);
    await("both are told")
        .atMost(PATIENCE)
        .until(() -> subjects().size() == 1 && hooked.size() == 1);
    assertThat(text(0)).contains("503");
    assertThat(hooked.getFirst().toString()).contains("503", "shop");
    assertThat(outages()).hasSize(1);

    installation.site.answer("home", 200);
    await("both are told that it is over")
        .atMost(PATIENCE)
        .until(() -> subjects().size() == 2 && hooked.size() == 2);
    installation.awaitVisits("home", 12); // nothing comes after
    assertThat(subjects()).hasSize(2);
    assertThat(hooked).hasSize(2);
    assertThat(outages()).singleElement().satisfies(it -> assertThat(it.resolved()).isNotNull());
  }

  @Test
  void oneMailThoughTheManagerDiesBetweenDecidingAndSending() throws Exception {
    installation.site.answer("home", 503); // and nobody takes mail
    await("it is decided")
        .atMost(PATIENCE)
        .until(() ->
            installation.repositories().incidents().open().stream()
                .anyMatch(it -> it.value().subject().equals("shop")));
    await("the other channel is told").atMost(PATIENCE).until(() -> hooked.size() == 1);
    installation.killManager();
    mail.start();
    installation.restartManager();
    await("the mail comes").atMost(PATIENCE).until(() -> subjects().size() == 1);

    installation.killManager();
    installation.restartManager();
    installation.site.answer("home", 200);
    await("it is over, and told")
        .atMost(PATIENCE)
        .until(() -> subjects().size() == 2 && hooked.size() == 2);
    assertThat(outages()).hasSize(1);
  }
}
