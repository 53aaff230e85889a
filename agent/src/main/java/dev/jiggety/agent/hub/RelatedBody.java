package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.hub.MultipartReader.Headers;
import dev.jiggety.agent.store.AttachmentContent;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.DocumentWrite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A document as {@code multipart/related}: the JSON first, then the contents of the attachments
 * that it says follow, found by the name in their Content-Disposition or else in the order of the
 * JSON (CouchDB "Creating Multiple Attachments").
 */
final class RelatedBody {
  private static final int ATTACHMENTS_WORTH = 4;

  private final Uploads uploads;
  private final HubConfig.Limits limits;

  RelatedBody(Uploads uploads, HubConfig.Limits limits) {
    this.uploads = uploads;
    this.limits = limits;
  }

  /** Whether the request brings one. */
  static boolean isOne(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .filter(type -> HeaderText.bare(type).equals("multipart/related"))
        .isPresent();
  }

  /**
   * Reads the whole body, then stores.
   *
   * @param check makes a write of the document part, without the attachments that follow
   * @param store is given the write with all its attachments
   * @throws CouchError 400, 413 or 415 for what cannot be stored
   */
  void receive(
      Exchange exchange, Function<JsonObject, DocumentWrite> check, Consumer<DocumentWrite> store) {
    var boundary = MultipartReader.boundary(exchange.header("Content-Type").orElse(""));
    var most = limits.requestBytes() + ATTACHMENTS_WORTH * limits.attachmentBytes();
    uploads.receive(spool -> {
      var reading = new Reading(spool);
      var body = exchange.body().stream(most);
      try {
        MultipartReader.read(body, boundary, reading);
      } catch (CouchError e) {
        skipRest(body);
        throw e;
      }
      store.accept(reading.finish(check));
      return spool;
    });
  }

  /**
   * A client that is still sending hears the answer at the end only; one that is cut off instead
   * would take it for a bad line, and send the same again and again.
   */
  private static void skipRest(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | CouchError e) {
      // It has gone, or sends more than anybody may; the first fault is the one to tell.
    }
  }

  /** An attachment that the document announces. */
  private static final class Announced {
    private final String name;
    private final JsonObject properties;
    private @Nullable Path file;
    private boolean packed;

    Announced(String name, JsonObject properties) {
      this.name = name;
      this.properties = properties;
    }

    private Optional<String> text(String property) {
      return properties.get(property) instanceof JsonPrimitive value
          ? Optional.of(value.getAsString())
          : Optional.empty();
    }
  }

  private final class Reading implements MultipartReader.Parts {
    private final Uploads.Spool spool;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private final List<Announced> announced = new ArrayList<>();
    private @Nullable JsonObject document;
    private boolean begun;

    Reading(Uploads.Spool spool) {
      this.spool = spool;
    }

    @Override
    public OutputStream begin(Headers headers) throws IOException {
      if (!begun) {
        begun = true;
        return beginDocument(headers);
      }
      if (document == null) {
        document = readDocument();
      }
      var attachment = next(headers);
      var file = spool.file();
      attachment.file = file;
      attachment.packed = isPacked(attachment, headers);
      return new Limited(Files.newOutputStream(file), limits.attachmentBytes()) {
        @Override
        CouchError tooLarge() {
          return CouchError.attachmentTooLarge(attachment.name);
        }
      };
    }

    private OutputStream beginDocument(Headers headers) {
      if (!HeaderText.bare(headers.get("Content-Type").orElse("")).equals(Exchange.JSON)) {
        throw CouchError.badContentType("Content-Type must be application/json");
      }
      return new Limited(json, limits.requestBytes());
    }

    private JsonObject readDocument() {
      if (!begun) {
        throw CouchError.badRequest("The body has no document");
      }
      var bytes = new ByteArrayInputStream(json.toByteArray());
      var element = JsonText.guard(() -> JsonText.whole(JsonText.reader(bytes)));
      if (!(element instanceof JsonObject object)) {
        throw CouchError.badRequest("Document must be a JSON object");
      }
      if (object.get("_attachments") instanceof JsonObject attachments) {
        attachments.entrySet().stream()
            .filter(
                entry -> entry.getValue() instanceof JsonObject properties && follows(properties))
            .forEach(entry ->
                announced.add(new Announced(entry.getKey(), entry.getValue().getAsJsonObject())));
        announced.forEach(each -> attachments.remove(each.name));
      }
      return object;
    }

    private static boolean follows(JsonObject properties) {
      return properties.get("follows") instanceof JsonPrimitive flag
          && flag.isBoolean()
          && flag.getAsBoolean();
    }

    private Announced next(Headers headers) {
      var name = headers.filename();
      return announced.stream()
          .filter(each -> each.file == null && name.filter(each.name::equals).isPresent())
          .findFirst()
          .or(() -> announced.stream().filter(each -> each.file == null).findFirst())
          .orElseThrow(
              () -> CouchError.badRequest("The body has more parts than the document announces"));
    }

    private static boolean isPacked(Announced attachment, Headers headers) {
      var encoding =
          attachment
              .text("encoding")
              .or(() -> headers.get("Content-Encoding"))
              .orElse("identity")
              .toLowerCase(Locale.ROOT);
      return switch (encoding) {
        case "identity" -> false;
        case "gzip" -> true;
        default ->
            throw CouchError.badContentType(
                "Only gzip and identity content-encodings are supported");
      };
    }

    /** The write with all its attachments. */
    DocumentWrite finish(Function<JsonObject, DocumentWrite> check) throws IOException {
      var object = document;
      var write = check.apply(object == null ? readDocument() : object);
      for (var each : announced) {
        write = write.withAttachment(attachment(each));
      }
      return write;
    }

    private AttachmentWrite attachment(Announced announced) throws IOException {
      AttachmentRoutes.checkName(announced.name);
      var file = announced.file;
      if (file == null) {
        throw CouchError.badRequest("The part of attachment " + announced.name + " is missing");
      }
      var received = AttachmentContent.of(file);
      var length = announced.text(announced.packed ? "encoded_length" : "length");
      if (length.isPresent() && !length.get().equals(Long.toString(received.length()))) {
        throw CouchError.badRequest(
            "Attachment " + announced.name + " is not as long as expected: " + received.length());
      }
      var digest = announced.text("digest").filter(text -> text.startsWith("md5-"));
      if (digest.isPresent() && !digest.get().equals(received.digest())) {
        throw CouchError.wrongMd5();
      }
      var content = announced.packed ? spool.unpack(file, announced.name) : received;
      var revpos = announced.text("revpos").filter(text -> text.matches("\\d{1,9}"));
      return new AttachmentWrite(
          announced.name,
          announced.text("content_type").orElse(AttachmentRoutes.UNKNOWN_TYPE),
          Optional.of(content),
          Optional.of(content.digest()),
          Integer.parseInt(revpos.orElse("0")));
    }
  }

  /** Takes so many bytes and no more. */
  private static class Limited extends FilterOutputStream {
    private long left;

    Limited(OutputStream out, long limit) {
      super(out);
      this.left = limit;
    }

    CouchError tooLarge() {
      return CouchError.tooLarge();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      left -= length;
      if (left < 0) {
        throw tooLarge();
      }
      out.write(bytes, offset, length);
    }
  }
}
