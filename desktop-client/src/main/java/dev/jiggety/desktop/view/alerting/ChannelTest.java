package dev.jiggety.desktop.view.alerting;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.notice.NoticeIds;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.NoticeRepository;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Asks the manager for a test message by a channel, and says what became of it. The message goes
 * the way of all others, with the manager's secrets, and about the channel as it is in force.
 */
public final class ChannelTest {
  private static final Duration BEFORE = Duration.ofMinutes(2);

  private final Desk desk;
  private final Session session;
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private HubFeed.@Nullable Subscription subscription;
  private @Nullable String notice;

  ChannelTest(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
  }

  /** How far it is, in one line; empty before. */
  public ReadOnlyStringProperty textProperty() {
    return text.getReadOnlyProperty();
  }

  /** Whether an answer is awaited. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Asks for it. */
  public void test(String channel) {
    close();
    Instant now = Instant.ofEpochMilli(desk.now().toEpochMilli());
    NoticeRequest request =
        new NoticeRequest(
            PatchIds.of(now, new SecureRandom()),
            NoticeRequest.Act.TEST,
            channel,
            session.incidentDesk().me(),
            now);
    String awaited = NoticeIds.test(now, channel, request.id());
    notice = awaited;
    busy.set(true);
    text.set(desk.texts().get("alerting.test.asked"));
    desk.tasks()
        .create(() -> {
          session.connection().notices().request(request);
          return session.connection().notices().follow(now.minus(BEFORE), new Listener(awaited));
        })
        .onSuccess(following -> {
          if (awaited.equals(notice) && busy.get()) {
            subscription = following;
          } else {
            following.close();
          }
        })
        .onError(
            HubException.class,
            e -> {
              if (!awaited.equals(notice)) {
                return; // another one is asked for
              }
              busy.set(false);
              text.set(desk.texts().get("alerting.test.notAsked", String.valueOf(e.getMessage())));
            })
        .start();
  }

  /** Does not wait any more. */
  public void close() {
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
    notice = null;
    busy.set(false);
    text.set("");
  }

  private void hear(String awaited, Notice said) {
    if (!awaited.equals(notice)) {
      return;
    }
    switch (said.state()) {
      case SENT -> text.set(desk.texts().get("alerting.test.sent", said.text()));
      case FAILED, WITHHELD -> text.set(desk.texts().get("alerting.test.failed", said.text()));
      case QUEUED, SENDING ->
          text.set(
              said.attempts() > 0 && !said.text().isEmpty()
                  ? desk.texts().get("alerting.test.again", said.text())
                  : desk.texts().get("alerting.test.sending"));
    }
    if (said.isFinal()) {
      busy.set(false);
      if (subscription != null) {
        subscription.close();
        subscription = null;
      }
    }
  }

  private final class Listener implements NoticeRepository.Listener {
    private final String awaited;

    Listener(String awaited) {
      this.awaited = awaited;
    }

    @Override
    public void notice(Stored<Notice> stored) {
      if (stored.value().id().equals(awaited)) {
        desk.tasks().post(() -> hear(awaited, stored.value()));
      }
    }

    @Override
    public void request(NoticeRequest request) {}

    @Override
    public void connection(HubFeed.Connection connection) {}
  }
}
