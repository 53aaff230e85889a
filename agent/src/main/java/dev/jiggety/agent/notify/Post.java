package dev.jiggety.agent.notify;

import dev.jiggety.agent.notify.Templates.TemplateException;
import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends a message by the way that a channel names. Safe for any thread. */
final class Post {
  private static final System.Logger LOG = System.getLogger(Post.class.getName());

  private final Secrets secrets;
  private final Function<Channel.Target, Transport> transports;

  Post(Secrets secrets, Function<Channel.Target, Transport> transports) {
    this.secrets = secrets;
    this.transports = transports;
  }

  /**
   * Tries once, no longer than twice the channel's time, whatever the other side does.
   *
   * @return with all secrets hidden
   */
  Answer send(Channel channel, Message message) throws InterruptedException {
    Delivery delivery;
    try {
      delivery = Delivery.of(channel, secrets);
    } catch (SecretMissingException e) {
      return new Answer.Later(String.valueOf(e.getMessage()));
    }
    List<String> remarks = new ArrayList<>();
    Message worded =
        message.with(
            worded("subject", channel.subject(), message.subject(), message, remarks),
            worded("text", channel.text(), message.text(), message, remarks));
    Answer answer = watched(delivery, worded);
    return switch (answer) {
      case Answer.Taken(String text, String remark) -> {
        if (!remark.isEmpty()) {
          remarks.add(remark);
        }
        yield new Answer.Taken(
            delivery.masking().mask(text), delivery.masking().mask(String.join("; ", remarks)));
      }
      case Answer.Later later ->
          new Answer.Later(delivery.masking().mask(later.why()), later.after());
      case Answer.Refused refused -> new Answer.Refused(delivery.masking().mask(refused.why()));
    };
  }

  private static String worded(
      String field, @Nullable String template, String builtIn, Message message, List<String> said) {
    if (template == null) {
      return builtIn;
    }
    try {
      String text = Templates.fill(template, message.context(), Templates.PLAIN);
      if (!text.isBlank()) {
        return text;
      }
      said.add("the template \"" + field + "\" was not used: it makes an empty text");
    } catch (TemplateException e) {
      said.add("the template \"" + field + "\" was not used: " + e.getMessage());
    }
    return builtIn;
  }

  /** On a thread of its own: nothing that hangs keeps the channel longer than its time. */
  private Answer watched(Delivery delivery, Message message) throws InterruptedException {
    Duration limit = delivery.channel().timeout().multipliedBy(2);
    FutureTask<Answer> task =
        new FutureTask<>(() -> transports.apply(delivery.target()).send(delivery, message));
    Thread thread =
        Thread.ofVirtual().name("notify-" + delivery.channel().id() + "-send").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Answer.Later("it was not taken within " + Durations.format(limit));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      LOG.log(System.Logger.Level.DEBUG, "sending failed", cause);
      return new Answer.Later("sending failed: " + Lines.one(String.valueOf(cause)));
    } finally {
      thread.interrupt();
    }
  }
}
