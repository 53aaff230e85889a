package dev.jiggety.agent.queue;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Puts patches into the line. Safe for any thread; one patch at a time. */
final class Sender implements AutoCloseable {
  private final Access access;
  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private @Nullable Desk desk;
  private boolean closed;

  Sender(Access access) {
    this.access = access;
  }

  /**
   * Puts a patch into the line; returns when it is on the disk.
   *
   * @throws QueueException when that is not known
   */
  void put(QueuedPatch patch) {
    lock.lock();
    try {
      if (closed) {
        throw new QueueException(access.name() + " has been closed");
      }
      boolean used = desk != null;
      try {
        desk().put(patch);
      } catch (JMSException | JMSRuntimeException | QueueException e) {
        leave();
        if (!used) {
          throw Faults.notPut(access, patch.patchId(), e);
        }
        putAgain(patch);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The broker may have been started anew since the last patch: once more, on a new connection. */
  private void putAgain(QueuedPatch patch) {
    try {
      desk().put(patch);
    } catch (JMSException | JMSRuntimeException | QueueException e) {
      leave();
      throw Faults.notPut(access, patch.patchId(), e);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      leave();
    } finally {
      lock.unlock();
    }
  }

  private Desk desk() throws JMSException {
    Desk known = desk;
    if (known == null || known.link.isLost()) {
      leave();
      known = Desk.open(access);
      desk = known;
    }
    return known;
  }

  private void leave() {
    if (desk != null) {
      desk.link.close();
      desk = null;
    }
  }

  /** What one connection needs for sending. */
  private record Desk(Link link, Session session, MessageProducer patches, MessageProducer synced) {

    static Desk open(Access access) throws JMSException {
      Link link = access.connect(() -> {});
      try {
        Session session = link.session(Session.AUTO_ACKNOWLEDGE);
        Lines.check(session, access);
        return new Desk(
            link,
            session,
            session.createProducer(session.createQueue(Wire.PATCHES)),
            session.createProducer(session.createQueue(Wire.SYNCED)));
      } catch (JMSException | RuntimeException e) {
        link.close();
        throw e;
      }
    }

    void put(QueuedPatch patch) throws JMSException {
      Message message = session.createMessage();
      message.setStringProperty(Wire.PATCH_ID, patch.patchId());
      message.setLongProperty(Wire.SEQ, patch.seq());
      message.setStringProperty(
          org.apache.activemq.artemis.api.core.Message.HDR_DUPLICATE_DETECTION_ID.toString(),
          patch.patchId());
      patches.send(message, DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, 0);
      // The broker confirms a duplicate at once, also while its first copy, sent by somebody who
      // did not live to see it confirmed, is not yet synced. The journal is written in order: what
      // is confirmed after it is behind it on the disk.
      BytesMessage behind = session.createBytesMessage();
      synced.send(behind, DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, 0);
    }
  }
}
