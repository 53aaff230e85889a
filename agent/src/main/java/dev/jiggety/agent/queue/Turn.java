package dev.jiggety.agent.queue;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.TRACE;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;

/**
 * One connection of a candidate, from getting in line to leaving it.
 *
 * <p>Whoever holds a token is active, and only then does it begin to receive patches: there is no
 * moment in which two receive. Patches are acknowledged one by one ({@code
 * INDIVIDUAL_ACKNOWLEDGE}); with the acknowledgements of a JMS transaction, what a leaving consumer
 * had in hands came back behind what nobody had had.
 *
 * <p>The sessions belong to the thread that calls {@link #serve}; acknowledgements of other threads
 * are posted to it.
 */
final class Turn implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Turn.class.getName());

  /** Longest wait for a patch while nothing is to be acknowledged, in milliseconds. */
  private static final long IDLE = 500;

  /** The same while acknowledgements may come. */
  private static final long BUSY = 100;

  /** How often it looks for acknowledgements while it may take no more, in milliseconds. */
  private static final long FULL = 10;

  /** How often tokens that nobody needs are taken away, in nanoseconds. */
  private static final long SWEEP = TimeUnit.SECONDS.toNanos(10);

  private final Access access;
  private final Link link;
  private final Teller teller;
  private final CountDownLatch closing;
  private final Session patchSession;
  private final Session tokenSession;
  private final Map<String, Message> inHands = new ConcurrentHashMap<>();
  private final Queue<Message> done = new ConcurrentLinkedQueue<>();
  private long lastPulse = System.nanoTime();
  private long lastSweep = System.nanoTime();

  /** This process stood still for so long that another one may be active. */
  static final class StoodStill extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoodStill(long millis) {
      super(
          "this process stood still for "
              + millis
              + " ms, so that another one may be active; it gets in line again");
    }
  }

  // The session of patches comes first: connections close their sessions in this order, so that
  // patches are back in their line before the token is.
  private Turn(Access access, Link link, Teller teller, CountDownLatch closing)
      throws JMSException {
    this.access = access;
    this.link = link;
    this.teller = teller;
    this.closing = closing;
    this.patchSession = link.session(ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE);
    this.tokenSession = link.session(ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE);
  }

  /**
   * Makes a connection.
   *
   * @throws QueueException when there is none to be had
   */
  static Turn join(Access access, Teller teller, CountDownLatch closing) throws JMSException {
    Link link = access.connect(() -> {});
    try {
      Turn turn = new Turn(access, link, teller, closing);
      Lines.check(turn.tokenSession, access);
      return turn;
    } catch (JMSException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Safe for any thread: posts an acknowledgement, where the patch is in our hands. */
  void acknowledge(String patchId) {
    Message message = inHands.remove(patchId);
    if (message != null) {
      done.add(message);
    }
  }

  /** Safe for any thread: whether there is nothing that the broker has still to be told. */
  boolean isIdle() {
    return inHands.isEmpty() && done.isEmpty();
  }

  /** Safe for any thread: ends whatever waits for the broker. */
  void cut() {
    link.close();
  }

  /** Waits for the token, then takes patches; returns when the connection is gone or all ends. */
  void serve() throws JMSException {
    try (MessageConsumer tokens =
        tokenSession.createConsumer(tokenSession.createQueue(Wire.TOKENS))) {
      offerToken();
      if (!awaitToken(tokens)) {
        return;
      }
      teller.active();
      LOG.log(INFO, "active at {0}", access.name());
      try (MessageConsumer patches =
          patchSession.createConsumer(patchSession.createQueue(Wire.PATCHES))) {
        while (goesOn()) {
          settle();
          take(patches);
          sweep(tokens);
        }
        if (!link.isLost()) {
          settle();
        }
      }
    }
  }

  @Override
  public void close() {
    link.close();
  }

  /** There may be none left, since they do not outlive the broker; more than one does no harm. */
  private void offerToken() throws JMSException {
    try (MessageProducer producer =
        tokenSession.createProducer(tokenSession.createQueue(Wire.TOKENS))) {
      producer.send(
          tokenSession.createMessage(),
          DeliveryMode.NON_PERSISTENT,
          Message.DEFAULT_PRIORITY,
          Message.DEFAULT_TIME_TO_LIVE);
    }
  }

  private boolean awaitToken(MessageConsumer tokens) throws JMSException {
    while (goesOn()) {
      if (tokens.receive(IDLE) != null) {
        return true; // never acknowledged: it goes back when this connection ends
      }
    }
    return false;
  }

  private void take(MessageConsumer patches) throws JMSException {
    if (inHands.size() + done.size() >= Wire.MOST_UNACKNOWLEDGED) {
      waitForAcknowledgement();
      return;
    }
    Message message = patches.receive(isIdle() ? IDLE : BUSY);
    if (message != null) {
      hand(message);
    }
  }

  private void hand(Message message) throws JMSException {
    String patchId = message.getStringProperty(Wire.PATCH_ID);
    if (patchId == null || !message.propertyExists(Wire.SEQ)) {
      LOG.log(WARNING, "{0}: took out what is no patch", access.name());
      message.acknowledge();
    } else if (inHands.putIfAbsent(patchId, message) != null) {
      message.acknowledge(); // the same patch twice: older than the broker's memory of duplicates
    } else {
      teller.delivered(new QueuedPatch(patchId, message.getLongProperty(Wire.SEQ)));
    }
  }

  private void settle() throws JMSException {
    for (Message message = done.poll(); message != null; message = done.poll()) {
      message.acknowledge();
      LOG.log(TRACE, "out of the line: {0}", message.getStringProperty(Wire.PATCH_ID));
    }
  }

  /** Takes away tokens of those who came after us, so that they do not become more and more. */
  private void sweep(MessageConsumer tokens) throws JMSException {
    if (System.nanoTime() - lastSweep < SWEEP) {
      return;
    }
    lastSweep = System.nanoTime();
    for (Message spare = tokens.receiveNoWait(); spare != null; spare = tokens.receiveNoWait()) {
      spare.acknowledge();
    }
  }

  private boolean goesOn() {
    long now = System.nanoTime();
    long still = TimeUnit.NANOSECONDS.toMillis(now - lastPulse);
    lastPulse = now;
    if (!access.inside() && still > Wire.CONNECTION_TTL.toMillis()) {
      throw new StoodStill(still);
    }
    return closing.getCount() > 0 && !link.isLost();
  }

  private void waitForAcknowledgement() {
    try {
      if (closing.await(FULL, TimeUnit.MILLISECONDS)) {
        LOG.log(TRACE, "closing with {0} in hands", inHands.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
