package dev.jiggety.agent.report;

import dev.jiggety.model.rules.report.PublicPicture;
import dev.jiggety.repository.HubException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a status page up to date. While the hub cannot be asked the page says since when, and goes
 * on showing what was known then. Made anew by one thread; may be closed by any.
 */
public final class StatusSite implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StatusSite.class.getName());

  /** After a failure it is tried again that soon. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Supplier<Inventory> inventory;
  private final PublicReader reader;
  private final StatusPage page;
  private final Target target;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable PublicPicture picture;
  private boolean failing;

  /** Where the files go. */
  @FunctionalInterface
  public interface Target {
    /** Takes all files. */
    void publish(List<SiteFile> files) throws IOException;

    /** Into a folder. */
    static Target folder(Path folder) {
      return new SiteFolder(folder)::publish;
    }
  }

  /**
   * A page that is not made yet.
   *
   * @param inventory what is configured, asked for each time
   */
  public StatusSite(
      Supplier<Inventory> inventory,
      PublicReader reader,
      SiteOptions options,
      Target target,
      InstantSource clock) {
    this.inventory = inventory;
    this.reader = reader;
    this.page = new StatusPage(options);
    this.target = target;
    this.clock = clock;
  }

  /**
   * Makes it once.
   *
   * @return how many services it shows
   * @throws HubException when the hub cannot be asked
   * @throws IOException when the files cannot be written
   */
  public int make() throws IOException {
    PublicPicture made = reader.read(inventory.get(), clock.instant());
    picture = made;
    target.publish(page.files(made, made.asOf()));
    return made.services().size();
  }

  /** Makes it again and again until it is closed; a failure is logged once and does not end it. */
  public void run(Duration every) {
    boolean over = false;
    while (!over) {
      try {
        makeOrAge();
        Duration pause = failing && every.compareTo(AGAIN) > 0 ? AGAIN : every;
        over = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** One round of {@link #run}. */
  void makeOrAge() {
    try {
      make();
      if (failing) {
        LOG.log(Level.INFO, "the status page is up to date again");
      }
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOG.log(Level.WARNING, "the status page cannot be brought up to date: " + e.getMessage());
      }
      failing = true;
      age();
    }
  }

  /** Says of what was known that it is old. */
  private void age() {
    PublicPicture known = picture;
    if (known == null) {
      return;
    }
    try {
      target.publish(page.files(known, clock.instant()));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "nor can it say that it is old", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
