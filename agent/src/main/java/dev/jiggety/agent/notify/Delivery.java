package dev.jiggety.agent.notify;

import dev.jiggety.agent.probe.Masking;
import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.rules.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel with its secrets.
 *
 * @param target with the secrets filled in; not to be printed
 * @param masking hides them in whatever is said of it
 */
record Delivery(Channel channel, Channel.Target target, Masking masking) {

  /**
   * Fills the secrets in.
   *
   * @throws SecretMissingException for the first one that cannot be had
   */
  static Delivery of(Channel channel, Secrets secrets) throws SecretMissingException {
    Filling filling = new Filling(secrets);
    Channel.Target target =
        switch (channel.target()) {
          case Channel.Mail mail ->
              new Channel.Mail(
                  mail.host(),
                  mail.port(),
                  mail.encryption(),
                  filling.orNull(mail.user()),
                  filling.orNull(mail.password()),
                  mail.from(),
                  mail.to());
          case Channel.Webhook webhook ->
              new Channel.Webhook(
                  webhook.service(),
                  filling.url(webhook.url()),
                  filling.in(webhook.key()),
                  webhook.method(),
                  webhook.headers().stream()
                      .map(header -> new Header(header.name(), filling.in(header.value())))
                      .toList(),
                  webhook.body());
          case Channel.Command command -> command;
        };
    if (filling.missing.isPresent()) {
      throw filling.missing.get();
    }
    return new Delivery(channel, target, Masking.of(filling.used));
  }

  @Override
  public String toString() {
    return "delivery to " + channel.id();
  }

  private static final class Filling {
    private final Secrets secrets;
    private final List<Secret> used = new ArrayList<>();
    private Optional<SecretMissingException> missing = Optional.empty();

    Filling(Secrets secrets) {
      this.secrets = secrets;
    }

    String in(String text) {
      return Placeholders.fill(text, this::value);
    }

    String url(String text) {
      return Placeholders.fillUrl(text, this::value);
    }

    @Nullable String orNull(@Nullable String text) {
      return text == null ? null : in(text);
    }

    /** What stands there as it is, when it is no secret. */
    private String value(String key) {
      if (!key.startsWith("secret.")) {
        return "${" + key + "}";
      }
      try {
        Secret secret = secrets.get(key.substring("secret.".length()));
        used.add(secret);
        return Objects.requireNonNull(secret).reveal();
      } catch (SecretMissingException e) {
        if (missing.isEmpty()) {
          missing = Optional.of(e);
        }
        return "";
      }
    }
  }
}
