/** What is copied into pages. Program text is in no language of people. */

/** Keeps calls until the script has come, and makes them then. */
export const html = (server: string, token: string): string => `<script>
  !function(q){if(q.__SV)return;window.posthog=q;q.__SV=1;q._i=[];q.people=[];
  "capture identify reset register setIdentity clearIdentity setPersonProperties".split(" ").forEach(
  function(n){q[n]=function(){q.push([n].concat([].slice.call(arguments)))}});q.init=function(t,o){
  var s=document.createElement("script");s.async=!0;s.crossOrigin="anonymous";
  s.src=o.api_host+"/static/array.js";document.head.appendChild(s);q._i.push([t,o,"posthog"])}
  }(window.posthog||[]);

  ${init(server, token)}
</script>`;

export const npm = (server: string, token: string): string => `import posthog from "posthog-js"

${init(server, token).replace(/^ {2}/gm, "")}`;

export const existing = (server: string): string => `posthog.init("phc_…", {
  api_host: "${server}",
})`;

export const adopt = (project: number): string => `rejoinder admin adopt-token ${project} phc_…`;

function init(server: string, token: string): string {
  return `posthog.init("${token}", {
    api_host: "${server}",
    defaults: "2025-05-24",
  })`;
}
