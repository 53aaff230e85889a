package dev.jiggety.agent.notify;

import static dev.jiggety.agent.notify.NotifyWorld.down;
import static dev.jiggety.agent.notify.NotifyWorld.mail;
import static dev.jiggety.agent.notify.NotifyWorld.over;
import static dev.jiggety.agent.notify.NotifyWorld.policy;
import static dev.jiggety.agent.notify.NotifyWorld.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.jiggety.agent.notify.NotifyWorld.SimTerm;
import dev.jiggety.agent.notify.NotifyWorld.WebService;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.IncidentDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.State;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.testing.Ports;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From incidents on a hub to messages that arrive, over real sockets. */
class NotifierTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private NotifyWorld world;

  @BeforeEach
  void begin() {
    world = new NotifyWorld(folder);
  }

  @AfterEach
  void end() throws Exception {
    world.close();
    smtp.stop();
  }

  @Test
  void aFailureIsToldOnceByMailAndByWebhookAndSoIsItsEnd() throws Exception {
    smtp.start();
    WebService service = world.service(200);
    world.put(mail("mail", smtp.getSmtp().getPort()));
    world.put(webhook("hook", service.url()));
    world.put(policy(Duration.ZERO, "mail", "hook"));
    world.manager(new SimTerm(1));

    Stored<Incident> incident = world.store(down("shop"));
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 2);
    world.store(over(incident.value()), incident);
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 4);

    MimeMessage[] mails = smtp.getReceivedMessages();
    assertThat(mails).hasSize(2);
    assertThat(mails[0].getSubject()).isEqualTo("Down: shop – connection refused, 2 of 3 nodes");
    assertThat(mails[0].getContent().toString())
        .contains("fra-1  down", "connection refused", "ber-1  up", "jiggety incidents show");
    assertThat(mails[0].getMessageID()).matches("<[0-9a-f]{32}@example.org>");
    assertThat(mails[1].getSubject()).startsWith("Over: shop was down for ");
    assertThat(service.bodies).hasSize(2);
    JsonObject first = JsonParser.parseString(service.bodies.getFirst()).getAsJsonObject();
    assertThat(first.get("reason").getAsString()).isEqualTo("opened");
    JsonObject told = first.getAsJsonArray("incidents").get(0).getAsJsonObject();
    assertThat(told.get("subject").getAsString()).isEqualTo("shop");
    assertThat(told.getAsJsonArray("nodes")).hasSize(2);
    assertThat(world.notices()).extracting(Notice::attempts).containsOnly(1);
  }

  @Test
  void whoTakesOverGoesOnAndTellsNothingTwice() throws Exception {
    WebService service = world.service(503);
    world.put(webhook("hook", service.url()));
    world.put(policy(Duration.ZERO, "hook"));
    SimTerm first = new SimTerm(1);
    Notifier one = world.manager(first);
    world.store(down("shop"));
    await().atMost(LONG).until(() -> service.bodies.size() >= 2);
    first.over = true;
    one.close();
    service.status = 200;
    world.manager(new SimTerm(2));
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 1);
    int tried = service.bodies.size();
    world.store(down("basket"));
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 2);
    assertThat(service.bodies).hasSize(tried + 1);
    assertThat(service.headers)
        .extracting(headers -> headers.get("Idempotency-key").getFirst())
        .satisfies(keys -> assertThat(keys.stream().distinct()).hasSize(2));
  }

  @Test
  void ofTwoManagersAtOnceOneTells() throws Exception {
    WebService service = world.service(200);
    world.put(webhook("hook", service.url()));
    world.put(policy(Duration.ZERO, "hook"));
    world.manager(new SimTerm(1));
    world.manager(new SimTerm(2)); // and the one before does not know yet that it is not active
    for (int i = 0; i < 20; i++) {
      world.store(down("t" + i));
    }
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() >= 20);
    assertThat(service.bodies).hasSize(20);
  }

  @Test
  void anSmtpServerThatIsNotThereYetIsWaitedForAndThatShows() throws Exception {
    int port = Ports.free();
    world.put(mail("mail", port));
    world.put(policy(Duration.ZERO, "mail"));
    SimTerm term = new SimTerm(1);
    world.manager(term);
    world.store(down("shop"));
    await().atMost(LONG).until(() -> term.troubles.containsKey("channel mail"));
    assertThat(term.troubles.get("channel mail")).contains("127.0.0.1").contains("does not work");
    await().atMost(LONG).until(() -> world.notices().getFirst().attempts() >= 3);
    assertThat(world.notices().getFirst().text()).contains("127.0.0.1:" + port);
    GreenMail late = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    late.start();
    try {
      await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 1);
      assertThat(late.getReceivedMessages()).hasSize(1);
      await().atMost(LONG).until(term.troubles::isEmpty);
    } finally {
      late.stop();
    }
  }

  @Test
  void aWebhookThatHangsDelaysNobodyElse() throws Exception {
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      WebService service = world.service(200);
      world.put(webhook("hangs", "http://127.0.0.1:" + hanging.getLocalPort() + "/"));
      world.put(webhook("works", service.url()));
      world.put(policy(Duration.ZERO, "hangs", "works"));
      SimTerm term = new SimTerm(1);
      world.manager(term);
      for (int i = 0; i < 50; i++) {
        world.store(down("t" + i));
      }
      await().atMost(LONG).until(() -> service.bodies.size() == 50);
      await().atMost(LONG).until(() -> term.troubles.containsKey("channel hangs"));
      assertThat(term.troubles.get("channel hangs")).contains("did not answer in time");
      assertThat(world.notices(State.SENT)).hasSize(50);
      assertThat(world.notices()).hasSize(100);
    }
  }

  @Test
  void whatIsRefusedIsGivenUpVisiblyAndCanBeTriedAgain() throws Exception {
    WebService service = world.service(404);
    world.put(webhook("hook", service.url()));
    world.put(policy(Duration.ZERO, "hook"));
    SimTerm term = new SimTerm(1);
    world.manager(term);
    world.store(down("shop"));
    await().atMost(LONG).until(() -> world.notices(State.FAILED).size() == 1);
    Notice failed = world.notices().getFirst();
    assertThat(failed.text()).contains("answered 404 taken");
    assertThat(failed.attempts()).isEqualTo(2);
    await().atMost(LONG).until(() -> term.troubles.containsKey("given up"));
    service.status = 200;
    world
        .repositories
        .notices()
        .request(
            new NoticeRequest("r1", NoticeRequest.Act.RETRY, failed.id(), "ada", Instant.now()));
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 1);
    assertThat(service.bodies).hasSize(3);
    await().atMost(LONG).until(term.troubles::isEmpty);
  }

  @Test
  void aTestMessageGoesTheSameWay() throws Exception {
    smtp.start();
    world.put(mail("mail", smtp.getSmtp().getPort()));
    world.manager(new SimTerm(1));
    world
        .repositories
        .notices()
        .request(new NoticeRequest("r1", NoticeRequest.Act.TEST, "mail", "ada", Instant.now()));
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 1);
    assertThat(smtp.getReceivedMessages()[0].getSubject())
        .isEqualTo("Jiggety: a test of the channel mail");
    assertThat(world.notices().getFirst().reason()).isEqualTo(Notice.Reason.TEST);
  }

  @Test
  void aBadTemplateFallsBackAndTheNoticeSaysSo() throws Exception {
    WebService service = world.service(200);
    world.put(
        NotifyWorld.with(webhook("hook", service.url()), "{{#incidents}}{{name}}", "{{nobody}}"));
    world.put(policy(Duration.ZERO, "hook"));
    world.manager(new SimTerm(1));
    world.store(down("shop"));
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == 1);
    assertThat(world.notices().getFirst().remark())
        .contains("the template \"subject\" was not used", "the template \"text\" was not used")
        .contains("nobody");
    assertThat(service.bodies.getFirst()).contains("Down: shop");
  }

  /** With {@code -Djiggety.notices=10000} so many, which takes some minutes. */
  @Test
  void manyAtOnceAreSentAllAndOnce() throws Exception {
    int many = Integer.getInteger("jiggety.notices", 1_000);
    WebService service = world.service(200);
    world.put(webhook("hook", service.url()));
    world.put(policy(Duration.ZERO, "hook"));
    List<Incident> incidents = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      Incident one = down("t" + i);
      Instant detected = Instant.now().minusSeconds(20).plusMillis(i);
      incidents.add(
          new Incident(
              one.id(),
              one.kind(),
              one.subject(),
              one.began(),
              detected,
              null,
              null,
              one.text(),
              one.witnesses(),
              null,
              null,
              List.of()));
    }
    storeAll(incidents);
    world.manager(new SimTerm(1));
    await().atMost(Duration.ofMinutes(5)).until(() -> service.bodies.size() >= many);
    await().atMost(LONG).until(() -> world.notices(State.SENT).size() == many);
    assertThat(service.bodies).hasSize(many);
    assertThat(service.headers.stream().map(headers -> headers.get("Idempotency-key")).distinct())
        .hasSize(many);
  }

  private void storeAll(List<Incident> incidents) throws IOException {
    for (int i = 0; i < incidents.size(); i += 500) {
      var result =
          world
              .hub
              .database(DatabaseNames.DEFAULT.incidents())
              .bulkDocs(
                  incidents.subList(i, i + 500).stream().map(IncidentDocument.TYPE::write).toList(),
                  true);
      assertThat(result.isOk()).isTrue();
    }
  }
}
