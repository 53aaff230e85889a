package dev.jiggety.couch;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.http.HttpHeaders;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPut;

/** Attachments of a database, streamed both ways and never held. Safe for any thread. */
public final class HubAttachments {
  private final String database;
  private final Requests requests;

  HubAttachments(String database, Requests requests) {
    this.database = database;
    this.requests = requests;
  }

  /**
   * Content that follows a document.
   *
   * @param length in bytes; the content must be just as long
   * @param content opened once, when its turn comes
   */
  public record Part(String name, String contentType, long length, Content content) {

    /** Opens the bytes; what it throws beside {@link IOException} reaches whoever sends. */
    @FunctionalInterface
    public interface Content {
      InputStream open() throws IOException;
    }
  }

  /**
   * The content of an attachment of one revision, unpacked. Whoever gets it closes it.
   *
   * @return missing where the revision or the attachment is not there (any more)
   */
  public Outcome<InputStream> read(String id, String rev, String name) {
    String path =
        database
            + "/"
            + Requests.path(id)
            + "/"
            + Requests.encode(name)
            + "?rev="
            + Requests.encode(rev);
    HttpGet request = requests.get(path);
    request.setHeader(HttpHeaders.ACCEPT, "*/*");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    return requests.stream(request);
  }

  /**
   * Stores a revision as it is ({@code new_edits=false}) with contents, as {@code
   * multipart/related}.
   *
   * @param json the document; the attachments of which the contents follow say so, in this order
   * @return what the hub says, which is not always JSON
   */
  public Outcome<String> put(String id, String json, List<Part> parts) {
    HttpPut request = requests.put(database + "/" + Requests.path(id) + "?new_edits=false");
    request.setEntity(new RelatedEntity(json, parts));
    return requests.upload(request);
  }
}
