package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Channel.Encryption;
import dev.jiggety.model.Channel.Service;
import dev.jiggety.model.Channel.Target;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.rules.notice.ChannelRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code channel:<id>} documents of the configuration, and the same fields as people write them in
 * files. Fields at their default are not written; see docs/documents/channel.md.
 */
public final class ChannelDocument implements PlainDocument<Channel> {
  /** The one instance; it has no state. */
  public static final ChannelDocument TYPE = new ChannelDocument();

  private static final String MAIL = "mail";
  private static final String WEBHOOK = "webhook";
  private static final String COMMAND = "command";

  private ChannelDocument() {}

  @Override
  public String type() {
    return "channel";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Channel channel) {
    return Ids.channel(channel.id());
  }

  @Override
  public Channel read(JsonObject document) {
    return read(document, false);
  }

  @Override
  public Channel readStrictly(JsonObject written) {
    return read(written, true);
  }

  @Override
  public List<Problem> problems(Channel channel) {
    return ChannelRules.problems(channel);
  }

  @Override
  public JsonObject write(Channel channel) {
    JsonObject json = Documents.envelope(id(channel), type(), schema());
    writeFields(channel, json);
    return json;
  }

  @Override
  public JsonObject writePlain(Channel channel) {
    JsonObject json = new JsonObject();
    json.addProperty("id", channel.id());
    writeFields(channel, json);
    return json;
  }

  private Channel read(JsonObject json, boolean strictly) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(json, "", problems);
    String id = strictly ? fields.text("id") : Documents.open(fields, this, "channel:");
    Channel channel =
        new Channel(
            id,
            fields.text("name", id),
            target(fields, strictly),
            Objects.requireNonNull(fields.duration("timeout", Channel.DEFAULT_TIMEOUT)),
            fields.textOrNull("subject"),
            fields.textOrNull("text"));
    if (strictly) {
      fields.refuseUnknown();
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return channel;
  }

  private static Target target(Fields fields, boolean strictly) {
    String kind = fields.text("kind");
    return switch (kind) {
      case MAIL -> mail(section(fields, MAIL), strictly);
      case COMMAND -> command(section(fields, COMMAND), strictly);
      default -> {
        Optional<Service> service =
            Arrays.stream(Service.values()).filter(s -> s.label().equals(kind)).findAny();
        if (service.isPresent()) {
          yield webhook(service.get(), section(fields, WEBHOOK), strictly);
        }
        if (fields.has("kind")) {
          fields.report("kind", "\"" + kind + "\" is not one of " + kinds());
        }
        Stream.of(MAIL, WEBHOOK, COMMAND).forEach(fields::has);
        yield new Channel.Command("", List.of());
      }
    };
  }

  private static String kinds() {
    return Stream.concat(
            Stream.of(MAIL, COMMAND), Arrays.stream(Service.values()).map(Service::label))
        .collect(Collectors.joining(", "));
  }

  private static Fields section(Fields fields, String name) {
    if (!fields.has(name)) {
      fields.report(name, "is missing");
    }
    return fields.object(name);
  }

  private static Channel.Mail mail(Fields fields, boolean strictly) {
    Encryption encryption =
        fields.oneOf("encryption", Encryption.STARTTLS, Encryption.values(), Encryption::label);
    Channel.Mail mail =
        new Channel.Mail(
            fields.text("host"),
            fields.smallNumber("port", encryption.port()),
            encryption,
            fields.textOrNull("user"),
            fields.textOrNull("password"),
            fields.text("from"),
            List.copyOf(fields.texts("to")));
    if (strictly) {
      fields.refuseUnknown();
    }
    return mail;
  }

  private static Channel.Webhook webhook(Service service, Fields fields, boolean strictly) {
    boolean isPagerDuty = service == Service.PAGERDUTY;
    boolean isGeneric = service == Service.GENERIC;
    List<Header> headers = new ArrayList<>();
    for (Fields header : fields.objects("headers")) {
      headers.add(new Header(header.text("name"), header.text("value")));
      if (strictly) {
        header.refuseUnknown();
      }
    }
    Channel.Webhook webhook =
        new Channel.Webhook(
            service,
            isPagerDuty ? fields.text("url", Service.PAGERDUTY_URL) : fields.text("url"),
            isPagerDuty ? fields.text("key") : "",
            isGeneric ? fields.text("method", "POST") : "POST",
            headers,
            isGeneric ? fields.textOrNull("body") : null);
    if (strictly) {
      fields.refuseUnknown();
    }
    return webhook;
  }

  private static Channel.Command command(Fields fields, boolean strictly) {
    Channel.Command command =
        new Channel.Command(fields.text("program"), List.copyOf(fields.texts("arguments")));
    if (strictly) {
      fields.refuseUnknown();
    }
    return command;
  }

  private static void writeFields(Channel channel, JsonObject json) {
    json.addProperty("name", channel.name());
    json.addProperty("kind", channel.target().kind());
    switch (channel.target()) {
      case Channel.Mail mail -> json.add(MAIL, write(mail));
      case Channel.Webhook webhook -> json.add(WEBHOOK, write(webhook));
      case Channel.Command command -> {
        JsonObject section = new JsonObject();
        section.addProperty("program", command.program());
        TestDocument.addTexts(section, "arguments", command.arguments());
        json.add(COMMAND, section);
      }
    }
    if (!channel.timeout().equals(Channel.DEFAULT_TIMEOUT)) {
      json.addProperty("timeout", Durations.format(channel.timeout()));
    }
    if (channel.subject() != null) {
      json.addProperty("subject", channel.subject());
    }
    if (channel.text() != null) {
      json.addProperty("text", channel.text());
    }
  }

  private static JsonObject write(Channel.Mail mail) {
    JsonObject json = new JsonObject();
    json.addProperty("host", mail.host());
    if (mail.port() != mail.encryption().port()) {
      json.addProperty("port", mail.port());
    }
    if (mail.encryption() != Encryption.STARTTLS) {
      json.addProperty("encryption", mail.encryption().label());
    }
    if (mail.user() != null) {
      json.addProperty("user", mail.user());
    }
    if (mail.password() != null) {
      json.addProperty("password", mail.password());
    }
    json.addProperty("from", mail.from());
    TestDocument.addTexts(json, "to", mail.to());
    return json;
  }

  private static JsonObject write(Channel.Webhook webhook) {
    JsonObject json = new JsonObject();
    boolean isPagerDuty = webhook.service() == Service.PAGERDUTY;
    if (!isPagerDuty || !webhook.url().equals(Service.PAGERDUTY_URL)) {
      json.addProperty("url", webhook.url());
    }
    if (isPagerDuty) {
      json.addProperty("key", webhook.key());
    }
    if (!webhook.method().equals("POST")) {
      json.addProperty("method", webhook.method());
    }
    if (!webhook.headers().isEmpty()) {
      JsonArray headers = new JsonArray();
      webhook
          .headers()
          .forEach(header -> headers.add(BodyFields.pair(header.name(), header.value())));
      json.add("headers", headers);
    }
    if (webhook.body() != null) {
      json.addProperty("body", webhook.body());
    }
    return json;
  }
}
