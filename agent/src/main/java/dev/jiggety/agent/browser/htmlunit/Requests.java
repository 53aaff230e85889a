package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.exchange.HopRequest;
import dev.jiggety.model.Check;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.UUID;
import okio.Buffer;
import okio.ByteString;
import org.htmlunit.FormEncodingType;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.http.HttpUtils;
import org.htmlunit.util.KeyDataPair;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.UrlUtils;
import org.jspecify.annotations.Nullable;

/** What HtmlUnit wants to send, as it goes over the wire. */
final class Requests {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final IdentityHashMap<byte[], String> mediaTypes = new IdentityHashMap<>();
  private final String userAgent;

  Requests(String userAgent) {
    this.userAgent = userAgent;
  }

  /** Remembers the type of a file, which HtmlUnit forgets. */
  synchronized void attached(byte[] content, String mediaType) {
    mediaTypes.put(content, mediaType);
  }

  /**
   * The request.
   *
   * @param cookies empty for none
   * @param more headers that go before those of the request
   */
  HopRequest of(WebRequest request, String cookies, List<Check.Header> more)
      throws MalformedURLException {
    List<Check.Header> headers = new ArrayList<>(more);
    request
        .getAdditionalHeaders()
        .forEach((name, value) -> {
          boolean given = more.stream().anyMatch(h -> h.name().equalsIgnoreCase(name));
          if (!given && !name.equalsIgnoreCase("Accept-Encoding")) {
            headers.add(new Check.Header(name, ascii(value)));
          }
        });
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("User-Agent"))) {
      headers.add(new Check.Header("User-Agent", userAgent));
    }
    headers.add(new Check.Header("Accept-Encoding", "gzip"));
    if (!cookies.isEmpty()) {
      headers.add(new Check.Header("Cookie", ascii(cookies)));
    }
    HttpMethod method = request.getHttpMethod();
    boolean carries =
        switch (method) {
          case GET, HEAD, TRACE -> false;
          case POST, PUT, PATCH, DELETE, OPTIONS -> true;
        };
    ByteString body = carries ? body(request, headers) : null;
    return new HopRequest(method.name(), address(request, carries), headers, body);
  }

  private static String address(WebRequest request, boolean carries) throws MalformedURLException {
    URL url = request.getUrl();
    List<NameValuePair> fields = carries ? List.of() : request.getRequestParameters();
    if (!fields.isEmpty()) {
      String query = HttpUtils.toQueryFormFields(fields, request.getCharset());
      url = UrlUtils.getUrlWithNewQuery(url, query);
    }
    return url.toExternalForm();
  }

  private @Nullable ByteString body(WebRequest request, List<Check.Header> headers) {
    String text = request.getRequestBody();
    Charset charset = request.getCharset() == null ? StandardCharsets.UTF_8 : request.getCharset();
    FormEncodingType encoding = request.getEncodingType();
    if (text == null && FormEncodingType.MULTIPART == encoding) {
      String boundary = "----jiggety" + UUID.randomUUID().toString().replace("-", "");
      type(headers, "multipart/form-data; boundary=" + boundary);
      return multipart(request.getRequestParameters(), boundary, charset);
    }
    if (FormEncodingType.TEXT_PLAIN == encoding) {
      type(headers, "text/plain");
      return encoded(text == null ? plain(request.getRequestParameters()) : text, charset);
    }
    if (FormEncodingType.URL_ENCODED == encoding) {
      type(headers, FORM);
      String fields =
          text == null
              ? HttpUtils.toQueryFormFields(request.getRequestParameters(), charset)
              : text;
      return encoded(fields, charset);
    }
    return text == null ? null : encoded(text, charset);
  }

  private static void type(List<Check.Header> headers, String value) {
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("Content-Type"))) {
      headers.add(new Check.Header("Content-Type", value));
    }
  }

  private static String plain(List<NameValuePair> fields) {
    StringBuilder text = new StringBuilder();
    for (NameValuePair field : fields) {
      text.append(oneLine(field.getName())).append('=').append(oneLine(field.getValue()));
      text.append("\r\n");
    }
    return text.toString();
  }

  /** RFC 7578, as browsers write it. */
  private ByteString multipart(List<NameValuePair> fields, String boundary, Charset charset) {
    Buffer buffer = new Buffer();
    for (NameValuePair field : fields) {
      buffer.writeUtf8("--" + boundary + "\r\nContent-Disposition: form-data; name=\"");
      buffer.writeString(quoted(field.getName()), charset).writeUtf8("\"");
      if (field instanceof KeyDataPair file) {
        // Only what a test attached. A page that names a file of this machine gets nothing of it.
        byte[] content = file.getData() == null ? new byte[0] : file.getData();
        String name = file.getData() == null ? "" : String.valueOf(file.getFileName());
        buffer.writeUtf8("; filename=\"").writeString(quoted(name), charset);
        buffer.writeUtf8("\"\r\nContent-Type: " + mediaType(content) + "\r\n\r\n");
        buffer.write(content);
      } else {
        buffer.writeUtf8("\r\n\r\n");
        buffer.writeString(field.getValue() == null ? "" : field.getValue(), charset);
      }
      buffer.writeUtf8("\r\n");
    }
    return buffer.writeUtf8("--" + boundary + "--\r\n").readByteString();
  }

  private synchronized String mediaType(byte[] content) {
    return mediaTypes.getOrDefault(content, "application/octet-stream");
  }

  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "" : text.replace("\r", "").replace("\n", "");
  }

  private static ByteString encoded(String text, Charset charset) {
    return ByteString.encodeString(text, charset);
  }

  /** Scripts set headers and cookies to anything; on the wire stands printable ASCII. */
  private static String ascii(String value) {
    return value.replaceAll("[^\\x20-\\x7e\\t]", "?");
  }
}
