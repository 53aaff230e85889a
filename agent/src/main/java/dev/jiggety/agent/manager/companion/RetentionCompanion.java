package dev.jiggety.agent.manager.companion;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.Companion;
import dev.jiggety.agent.retention.Housekeeper;
import dev.jiggety.agent.retention.RetentionPlan;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.SettingsDocument;
import dev.jiggety.model.Settings;
import dev.jiggety.repository.ConfigurationFeed;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Standby;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes databases ahead and drops old ones while the manager is the active one. */
final class RetentionCompanion implements Companion {
  private static final Duration BETWEEN = Duration.ofMinutes(10);
  private static final Duration LAST = Duration.ofSeconds(5);
  private static final String SETTINGS = "settings";
  private static final String ROOM = "results";
  private static final String OTHER = "standby ";
  private static final String CLOCK = "clock";

  private final Hub hub;
  private final DatabaseNames names;
  private final InstantSource clock;

  RetentionCompanion(Hub hub, DatabaseNames names, InstantSource clock) {
    this.hub = hub;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public AutoCloseable begin(Turn turn) {
    return new Term(turn);
  }

  /** One turn; it does nothing before it has heard what the settings are. */
  private final class Term implements AutoCloseable, ConfigurationFeed.Listener {
    private final Turn turn;
    private final Housekeeper housekeeper = new Housekeeper(hub, names);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch heard = new CountDownLatch(1);
    private final HubFeed.Subscription subscription;
    private final Thread thread;
    private volatile Settings settings = Settings.DEFAULT;
    private volatile boolean isReadable = true;

    Term(Turn turn) {
      this.turn = turn;
      this.subscription = new CouchRepositories(hub, names).configuration().follow(this);
      this.thread = Thread.ofVirtual().name("retention").start(this::loop);
    }

    @Override
    public void document(String id, @Nullable JsonObject document) {
      if (!id.equals(SETTINGS)) {
        return;
      }
      try {
        settings = document == null ? Settings.DEFAULT : SettingsDocument.TYPE.read(document);
        isReadable = true;
        turn.fine(SETTINGS);
      } catch (DocumentException e) {
        isReadable = false; // nothing is dropped on a guess
        turn.trouble(SETTINGS, "the settings cannot be read: " + e.getMessage());
      }
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      if (connection instanceof HubFeed.Connection.Connected) {
        heard.countDown();
      }
    }

    private void loop() {
      try {
        heard.await();
        do {
          if (!RetentionPlan.isCertain(turn.now(), clock.instant())) {
            turn.trouble(
                CLOCK,
                "nothing is dropped: by the hub it is %s, by this machine %s; set the clocks right"
                    .formatted(turn.now(), clock.instant()));
          } else if (isReadable) {
            turn.fine(CLOCK);
            once();
          }
        } while (!turn.isOver() && !closed.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // closed
      } catch (RuntimeException e) {
        turn.failed(String.valueOf(e.getMessage()));
      }
    }

    private void once() {
      Settings now = settings;
      RetentionPlan.Limits limits =
          new RetentionPlan.Limits(now.liveFor(), now.archiveFor(), now.diskBudget());
      try {
        Housekeeper.Report report =
            housekeeper.turn(limits, turn.now(), turn.manager(), turn::isOver);
        turn.says("results take %,d MB".formatted(report.bytes() / 1_000_000));
        turn.fine("hub");
        others();
        if (report.notes().isEmpty()) {
          turn.fine(ROOM);
        } else {
          turn.trouble(ROOM, String.join("; ", report.notes()));
        }
      } catch (HubException e) {
        turn.trouble("hub", String.valueOf(e.getMessage()));
      }
    }

    /** What is made and dropped here is at the other hubs too. */
    private void others() {
      HubAddress used = hub.address();
      for (HubAddress address : hub.addresses()) {
        if (!address.equals(used) && !turn.isOver()) {
          try (Hub other = Hub.open(address, hub.options())) {
            Predicate<String> isDropped =
                name ->
                    hub.database(names.incidents()).get("dropped:" + name)
                        instanceof Outcome.Ok<JsonObject>;
            new Standby(hub.here(), other, names).keep(turn.now(), isDropped);
            turn.fine(OTHER + address);
          } catch (HubException e) {
            turn.trouble(OTHER + address, String.valueOf(e.getMessage()));
          }
        }
      }
    }

    @Override
    public void close() {
      subscription.close();
      closed.countDown();
      thread.interrupt();
      try {
        thread.join(LAST);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
