package dev.jiggety.agent.queue;

import dev.jiggety.base.Backoff;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One candidate's wish to be active: gets in line, takes patches when it is its turn, and gets in
 * line again after whatever went wrong, until it is closed.
 */
final class Standing implements PatchQueue.Candidacy {
  private static final System.Logger LOG = System.getLogger(Standing.class.getName());
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  /** Time to hand in the last acknowledgements, in milliseconds. */
  private static final long FAREWELL = 1_000;

  private final Access access;
  private final Teller teller;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Turn turn;
  private boolean down; // touched by the loop alone
  private int failures; // touched by the loop alone: since it was in line

  private Standing(Access access, PatchQueue.Candidate candidate) {
    this.access = access;
    this.teller = new Teller(candidate);
  }

  static Standing begin(Access access, PatchQueue.Candidate candidate) {
    Standing standing = new Standing(access, candidate);
    standing.teller.start();
    Thread.ofVirtual().name("queue-standing").start(standing::run);
    return standing;
  }

  @Override
  public void acknowledge(String patchId) {
    Turn now = turn;
    if (now != null) {
      now.acknowledge(patchId);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    teller.close();
    Turn now = turn;
    try {
      if (now != null && !now.isIdle()) {
        boolean settled = ended.await(FAREWELL, TimeUnit.MILLISECONDS);
        LOG.log(System.Logger.Level.TRACE, "handed in all acknowledgements: {0}", settled);
      }
      if (now != null) {
        now.cut();
      }
      if (!ended.await(FAREWELL, TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "{0} does not let go in time", access.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (failures = 0; !isClosing(); failures++) {
        String reason;
        try {
          standOnce();
          reason = access.name() + ": the connection was lost";
        } catch (Turn.StoodStill | QueueException e) {
          reason = String.valueOf(e.getMessage());
        } catch (JMSException | JMSRuntimeException e) {
          reason = access.name() + ": " + Faults.remedy(e);
        } catch (RuntimeException e) {
          reason = access.name() + ": " + Faults.why(e);
          LOG.log(System.Logger.Level.ERROR, "standing for the queue failed", e);
        }
        if (!isClosing()) {
          tellDown(access.trouble().orElse(reason));
          pause();
        }
      }
    } finally {
      ended.countDown();
    }
  }

  /** Stands until that ends. */
  private void standOnce() throws JMSException {
    try (Turn now = Turn.join(access, teller, closing)) {
      turn = now;
      failures = 0;
      if (down) {
        down = false;
        LOG.log(System.Logger.Level.INFO, "{0} is there again", access.name());
      }
      now.serve();
    } finally {
      turn = null;
    }
  }

  private void tellDown(String reason) {
    teller.passive(reason);
    if (!down && access.trouble().isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, reason); // of trouble here the broker tells itself
    }
    down = true;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      long millis = RETRY.delay(failures, RandomGenerator.getDefault()).toMillis();
      boolean closed = closing.await(millis, TimeUnit.MILLISECONDS);
      LOG.log(System.Logger.Level.TRACE, "tries again, closed: {0}", closed);
    } catch (InterruptedException e) {
      closing.countDown(); // nobody interrupts this thread but the end of the program
    }
  }
}
