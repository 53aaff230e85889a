package dev.jiggety.agent.notify;

import static dev.jiggety.agent.notify.NotifyWorld.channel;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.jiggety.agent.notify.Message.Event;
import dev.jiggety.agent.notify.NotifyWorld.WebService;
import dev.jiggety.agent.notify.Templates.TemplateException;
import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Channel.Encryption;
import dev.jiggety.model.Channel.Service;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.Incident.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to tell people, by itself, against servers that take, refuse, hang and lie. */
class TransportTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;
  private final WebhookTransport webhooks = WebhookTransport.usual();
  private @Nullable WebService service;
  private @Nullable GreenMail smtp;

  @AfterEach
  void end() {
    webhooks.close();
    if (service != null) {
      service.close();
    }
    if (smtp != null) {
      smtp.stop();
    }
  }

  @Test
  void mailOverTlsWithALogInArrives() throws Exception {
    smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    smtp.setUser("ops@example.org", "jiggety", PASSWORD);
    smtp.start();
    Channel channel = mail(smtp.getSmtps().getPort(), Encryption.TLS, "jiggety");
    MailTransport believing = new MailTransport(believingAnybody());
    assertThat(post(believing).send(channel, message("shop"))).isInstanceOf(Answer.Taken.class);
    assertThat(smtp.getReceivedMessages()).hasSize(1);

    Answer unknown = post(new MailTransport()).send(channel, message("shop"));
    assertThat(unknown).isInstanceOf(Answer.Later.class);
    assertThat(unknown.toString()).contains("certif").doesNotContain(PASSWORD);
  }

  @Test
  void withoutTlsNothingIsSaidThatShouldBePrivate() throws Exception {
    smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    Channel channel = mail(smtp.getSmtp().getPort(), Encryption.STARTTLS, "jiggety");
    Answer answer = post(new MailTransport()).send(channel, message("shop"));
    assertThat(answer).isInstanceOf(Answer.Later.class);
    assertThat(answer.toString()).contains("STARTTLS");
    assertThat(smtp.getReceivedMessages()).isEmpty();
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt() throws Exception {
    smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.setUser("ops@example.org", "jiggety", "another");
    smtp.start();
    Channel channel = mail(smtp.getSmtp().getPort(), Encryption.NONE, "jiggety");
    Answer answer = post(new MailTransport()).send(channel, message("shop"));
    assertThat(answer.toString())
        .contains("does not accept the user and password")
        .doesNotContain(PASSWORD);
  }

  @Test
  void aMailServerThatHangsIsLeftAfterItsTime() throws Exception {
    try (ServerSocket hanging = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Channel channel = mail(hanging.getLocalPort(), Encryption.NONE, null);
      Answer answer = post(new MailTransport()).send(channel, message("shop"));
      assertThat(answer).isInstanceOf(Answer.Later.class);
    }
  }

  @Test
  void nobodyWritesAHeaderIntoASubject() throws Exception {
    smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    Channel channel = mail(smtp.getSmtp().getPort(), Encryption.NONE, null);
    post(new MailTransport()).send(channel, message("shop\r\nBcc: eve@example.org"));
    assertThat(smtp.getReceivedMessages()).hasSize(1);
    assertThat(smtp.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    assertThat(smtp.getReceivedMessages()[0].getSubject()).isEqualTo("shop Bcc: eve@example.org");
  }

  @Test
  void eachServiceGetsItsLanguage() throws Exception {
    WebService there = service(200);
    assertThat(sent(there, Service.SLACK, "").get("text").getAsString())
        .isEqualTo("*a &lt;b&gt; &amp; c*\nthe text &lt;!channel&gt;\n");
    JsonObject discord = sent(there, Service.DISCORD, "");
    assertThat(discord.get("content").getAsString()).startsWith("**a <b> & c**");
    assertThat(discord.getAsJsonObject("allowed_mentions").getAsJsonArray("parse")).isEmpty();
    JsonObject card =
        sent(there, Service.TEAMS, "")
            .getAsJsonArray("attachments")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("content");
    assertThat(card.get("type").getAsString()).isEqualTo("AdaptiveCard");
    JsonObject event = sent(there, Service.PAGERDUTY, "${secret.key}");
    assertThat(event.get("routing_key").getAsString()).isEqualTo(PASSWORD);
    assertThat(event.get("event_action").getAsString()).isEqualTo("trigger");
    assertThat(event.get("dedup_key").getAsString()).isEqualTo("jiggety:i1");
    assertThat(event.getAsJsonObject("payload").get("severity").getAsString())
        .isEqualTo("critical");
  }

  @Test
  void statusesSayWhetherToTryAgain() throws Exception {
    WebService there = service(429);
    Channel channel = generic(there.url(), null);
    for (int status : new int[] {408, 429, 500, 503}) {
      there.status = status;
      assertThat(send(channel)).isInstanceOf(Answer.Later.class);
    }
    for (int status : new int[] {301, 400, 401, 404, 410}) {
      there.status = status;
      assertThat(send(channel)).isInstanceOf(Answer.Refused.class);
    }
    assertThat(there.headers.stream().map(headers -> headers.get("Idempotency-key")).distinct())
        .hasSize(1);
  }

  @Test
  void aSecretIsSentAndNeverShown() throws Exception {
    WebService there = service(400);
    Channel.Webhook webhook =
        new Channel.Webhook(
            Service.GENERIC,
            there.url() + "/${secret.key}",
            "",
            "POST",
            List.of(new Header("Authorization", "Bearer ${secret.key}")),
            null);
    Answer answer = send(channel("hook", webhook));
    assertThat(there.headers.getFirst().get("Authorization")).containsExactly("Bearer " + PASSWORD);
    assertThat(answer.toString()).contains("400").doesNotContain("horse");
    Channel.Webhook missing =
        new Channel.Webhook(Service.SLACK, "${secret.nowhere}", "", "POST", List.of(), null);
    assertThat(send(channel("hook", missing)))
        .isEqualTo(new Answer.Later("the secret nowhere is missing"));
  }

  @Test
  void aBodyOfOnesOwnIsFilledAsJson() throws Exception {
    WebService there = service(200);
    Channel channel = generic(there.url(), "{\"title\": \"{{subject}}\"}");
    Message quoted = message("say \"no\"\n\\");
    assertThat(post(webhooks).send(channel, quoted)).isEqualTo(new Answer.Taken("200 taken"));
    assertThat(body(there).get("title").getAsString()).isEqualTo("say \"no\"\n\\");
    Answer fallen = post(webhooks).send(generic(there.url(), "{{nothing}}"), quoted);
    assertThat(fallen.toString()).contains("the template \"body\" was not used");
    assertThat(body(there).get("notice").getAsString()).isEqualTo("notice:1");
  }

  @Test
  void aTemplateThatNeverEndsEnds() {
    Map<String, Object> context = Map.of("a", java.util.Collections.nCopies(60, "x"));
    String nested = "{{#a}}".repeat(6) + "." + "{{/a}}".repeat(6);
    for (String template :
        List.of(nested, nested.replace(".", ""), "{{>etc/passwd}}", "{{a.class.name}}", "{{#a}}")) {
      assertThat(failure(template, context)).isNotEmpty();
    }
  }

  private static String failure(String template, Map<String, Object> context) {
    try {
      Templates.fill(template, context, Templates.PLAIN);
      return "";
    } catch (TemplateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aProgramGetsTheNoticeAndIsKilledWhenItHangs() throws Exception {
    CommandTransport commands = new CommandTransport(folder);
    program("keep", "cat > \"$1\"; echo done");
    Path kept = folder.resolve("kept");
    Channel keep = channel("c", new Channel.Command("keep", List.of(kept.toString())));
    assertThat(post(commands).send(keep, message("shop"))).isEqualTo(new Answer.Taken("done"));
    assertThat(JsonParser.parseString(Files.readString(kept)).getAsJsonObject().get("notice"))
        .isNotNull();

    program("fail", "echo no paper >&2; exit 3");
    assertThat(
            post(commands).send(channel("c", new Channel.Command("fail", List.of())), message("x")))
        .isInstanceOf(Answer.Later.class)
        .asString()
        .contains("ended with 3: no paper");

    program("hang", "sleep 600");
    assertThat(
            post(commands).send(channel("c", new Channel.Command("hang", List.of())), message("x")))
        .asString()
        .contains("was killed");
    assertThat(
            post(commands).send(channel("c", new Channel.Command("none", List.of())), message("x")))
        .asString()
        .contains("put the program there");
  }

  @Test
  void whoHasTakenItAndGoesOnTalkingIsNotToldAgain() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread talking =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket client = server.accept()) {
                  client
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nta".getBytes(US_ASCII));
                  client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // the other side has gone
                }
              });
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/hook";
      assertThat(post(webhooks).send(generic(url, null), message("shop")))
          .isInstanceOf(Answer.Taken.class);
      talking.interrupt();
    }
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Channel mail(int port, Encryption encryption, @Nullable String user) {
    return channel(
        "mail",
        new Channel.Mail(
            "127.0.0.1",
            port,
            encryption,
            user,
            user == null ? null : "${secret.key}",
            "jiggety@example.org",
            List.of("ops@example.org")));
  }

  private static Channel generic(String url, @Nullable String body) {
    return channel("hook", new Channel.Webhook(Service.GENERIC, url, "", "POST", List.of(), body));
  }

  private WebService service(int status) throws IOException {
    WebService started = new WebService(status);
    service = started;
    return started;
  }

  private JsonObject sent(WebService there, Service kind, String key) throws Exception {
    Channel.Webhook webhook = new Channel.Webhook(kind, there.url(), key, "POST", List.of(), null);
    assertThat(post(webhooks).send(channel("hook", webhook), message("a <b> & c")))
        .isInstanceOf(Answer.Taken.class);
    return body(there);
  }

  private static JsonObject body(WebService there) {
    return JsonParser.parseString(there.bodies.getLast()).getAsJsonObject();
  }

  private Answer send(Channel channel) throws InterruptedException {
    return post(webhooks).send(channel, message("shop"));
  }

  /** GreenMail signs its own certificate. */
  private static SSLSocketFactory believingAnybody() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Believing()}, null);
    return context.getSocketFactory();
  }

  private static final class Believing extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static Post post(Transport transport) {
    Secrets secrets =
        name -> {
          if (!name.equals("key")) {
            throw new SecretMissingException("the secret " + name + " is missing");
          }
          return Secret.of(PASSWORD);
        };
    return new Post(secrets, target -> transport);
  }

  private static Message message(String subject) {
    JsonObject json = new JsonObject();
    json.addProperty("notice", "notice:1");
    return new Message(
        "notice:1",
        "0123456789abcdef",
        subject,
        "the text <!channel>\n",
        json,
        Map.of("subject", subject),
        List.of(new Event("i1", false, Kind.DOWN, "shop", subject, NOON)));
  }
}
