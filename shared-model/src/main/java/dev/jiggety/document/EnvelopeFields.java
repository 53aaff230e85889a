package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.model.Envelope;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/** An envelope in a document: {@code sealed} with the content, {@code for} with the keys. */
final class EnvelopeFields {
  private static final String CONTENT = "sealed";
  private static final String SLIPS = "for";

  private EnvelopeFields() {}

  static void write(JsonObject json, Envelope envelope) {
    Base64.Encoder base64 = Base64.getEncoder();
    json.addProperty(CONTENT, base64.encodeToString(envelope.content()));
    JsonObject slips = new JsonObject();
    envelope
        .slips()
        .forEach((name, slip) -> {
          JsonObject one = new JsonObject();
          one.addProperty("to", slip.to());
          one.addProperty("key", base64.encodeToString(slip.key()));
          slips.add(name, one);
        });
    json.add(SLIPS, slips);
  }

  static boolean isIn(Fields fields) {
    return fields.has(CONTENT);
  }

  static Envelope read(Fields fields) {
    SortedMap<String, Envelope.Slip> slips = new TreeMap<>();
    Fields keys = fields.object(SLIPS);
    for (String name : keys.names()) {
      Fields slip = keys.object(name);
      slips.put(name, new Envelope.Slip(slip.text("to"), bytes(slip, "key")));
    }
    return new Envelope(bytes(fields, CONTENT), slips);
  }

  private static byte[] bytes(Fields fields, String name) {
    try {
      return Base64.getDecoder().decode(fields.text(name));
    } catch (IllegalArgumentException _) {
      fields.report(name, "is no Base64");
      return new byte[0];
    }
  }
}
