package dev.jiggety.agent.queue;

import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A manager that takes patches from the line until somebody kills it. It tells what it hears, and
 * what the broker has confirmed to be out of the line, each with the time of the system's monotonic
 * clock, by which the words of several processes can be put in order.
 */
final class TakingProcess {
  private static final Logger TURN = Logger.getLogger(Turn.class.getName());

  private TakingProcess() {}

  /** Arguments: the broker's URL. */
  public static void main(String[] args) throws InterruptedException {
    try (PatchQueue queue = ArtemisQueue.open(QueueConfig.at(args[0]))) {
      take(queue);
      Thread.currentThread().join();
    }
  }

  /** Takes all patches from now on, and tells of it. */
  static void take(PatchQueue queue) {
    TURN.setLevel(Level.FINER);
    TURN.setUseParentHandlers(false);
    TURN.addHandler(new Confirmed());
    Voice voice = new Voice();
    voice.candidacy = queue.stand(voice);
    voice.ready.countDown();
  }

  private static void say(String what) {
    System.out.println(System.nanoTime() + " " + what);
  }

  private static final class Voice implements PatchQueue.Candidate {
    private final CountDownLatch ready = new CountDownLatch(1);
    private PatchQueue.Candidacy candidacy;

    @Override
    public void active() {
      say("active");
    }

    @Override
    public void delivered(QueuedPatch patch) {
      say("got " + patch.seq());
      try {
        ready.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      candidacy.acknowledge(patch.patchId());
    }

    @Override
    public void passive(String reason) {
      say("passive " + reason);
    }
  }

  private static final class Confirmed extends Handler {
    private static final String WORDS = "out of the line: ";

    @Override
    public void publish(LogRecord entry) {
      if (entry.getMessage().startsWith(WORDS)) {
        say("out " + ((String) entry.getParameters()[0]).substring(1));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
