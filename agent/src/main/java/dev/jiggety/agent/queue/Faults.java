package dev.jiggety.agent.queue;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.jspecify.annotations.Nullable;

/** What Artemis says of a failure, as one line for people. */
final class Faults {
  private Faults() {}

  /** A broker that does not start. */
  static QueueException notStarted(BrokerConfig config, @Nullable Throwable cause) {
    BrokerConfig.Listener listener = config.listener().orElse(null);
    if (listener != null && find(cause, BindException.class) != null) {
      return new QueueException(
          "cannot listen on "
              + new BrokerUrl.Place(listener.bind(), listener.port())
              + " ("
              + why(cause)
              + "): stop what uses the port, or choose another with --port",
          cause);
    }
    return new QueueException(
        "the queue in "
            + config.folder()
            + " does not start ("
            + why(cause)
            + "): look after the disk and the rights of the folder",
        cause);
  }

  /** A disk that is as good as full. */
  static String noRoom(Path folder, long room) {
    return "the disk of "
        + folder
        + " has "
        + (room >> 20)
        + " MB left and the queue needs "
        + (BrokerSettings.LEAST_ROOM >> 20)
        + ": free some space";
  }

  /** What a broker answered to a patch, or why it did not answer. */
  static QueueException notPut(Access access, String patchId, Throwable cause) {
    String told = cause instanceof QueueException ? cause.getMessage() : null;
    String reason =
        told != null
            ? told
            : access.trouble().orElseGet(() -> access.name() + ": " + remedy(cause));
    return new QueueException(
        "patch " + patchId + " is not known to be safe, put it again: " + reason, cause);
  }

  /** The kind of a failure that a broker told us, with its remedy. */
  static String remedy(Throwable cause) {
    ActiveMQExceptionType type = type(cause);
    return switch (type) {
      case SECURITY_EXCEPTION ->
          "it refuses the name or the password: give those of its credentials file";
      case ADDRESS_FULL -> "its disk is full: free some space there";
      case CONNECTION_TIMEDOUT -> "it does not answer: see whether it or its disk stands still";
      case QUEUE_DOES_NOT_EXIST, ADDRESS_DOES_NOT_EXIST ->
          "it has no line of patches: set it up as the operations guide says";
      default -> "the connection was lost (" + why(cause) + ")";
    };
  }

  /** The innermost reason, in a few words. */
  static String why(@Nullable Throwable cause) {
    Throwable root = cause;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return switch (root) {
      case null -> "it does not say why";
      case AccessDeniedException _ -> "access denied";
      case FileAlreadyExistsException _ -> "there is a file of that name";
      case IOException io when io.getMessage() == null -> io.getClass().getSimpleName();
      default -> firstLine(root);
    };
  }

  private static String firstLine(Throwable root) {
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    return message.lines().findFirst().orElse(message).strip();
  }

  private static ActiveMQExceptionType type(Throwable cause) {
    ActiveMQException known = find(cause, ActiveMQException.class);
    return known == null ? ActiveMQExceptionType.GENERIC_EXCEPTION : known.getType();
  }

  private static <T extends Throwable> @Nullable T find(@Nullable Throwable cause, Class<T> type) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}
