(function(w,d){
var s=d.currentScript,k=s.getAttribute('data-key'),u=s.src.replace(/tag\.js.*/,'api/v1/collect/'+k),n=navigator,q=[],t,last,who,N='kizashi_id',F='kizashi_off',A='addEventListener'
function get(c){return(d.cookie.match('(?:^|; )'+c+'=([^;]*)')||[])[1]}
function set(c,v,a){d.cookie=c+'='+v+';path=/;max-age='+a+';samesite=lax'+(location.protocol=='https:'?';secure':'')}
function off(){return n.doNotTrack==1||w.doNotTrack==1||n.globalPrivacyControl||get(F)}
function hex(){for(var a=crypto.getRandomValues(new Uint8Array(16)),i=0,h='';i<16;)h+=(256+a[i++]).toString(16).slice(1);return h}
function id(){var v=get(N);if(!/^[0-9a-f]{32}$/.test(v))v=hex();set(N,v,34e6);return v}
function bare(a){return(a||'').split(/[?#]/)[0]}
function add(name,p){
if(off())return
var e={id:hex(),name:name,url:bare(location.href),at:Date.now(),properties:p||{}}
if(name=='page_viewed'){e.title=d.title;e.referrer=bare(d.referrer);location.search.replace(/[?&]utm_(source|medium|campaign)=([^&]+)/g,function(_,a,b){try{e.properties['utm_'+a]=decodeURIComponent(b)}catch(x){}})}
q.push(e);if(q.length>500)q.shift()
if(q.length<20)later(1e3);else send()}
function later(ms){t=t||setTimeout(send,ms)}
function body(es,i){var now=Date.now();return JSON.stringify({visitor:id(),identify:i,events:es.map(function(e){var c=Object.assign({ago:now-e.at},e);delete c.at;return c})})}
function send(){
clearTimeout(t);t=0
if(off()){q=[];who=null;return}
var es=q.splice(0,50),i=who
if(!es.length&&!i)return
who=null
fetch(u,{method:'POST',body:body(es,i),keepalive:true,credentials:'omit'}).then(function(r){
if(r.status==429||r.status>499)throw r
return r.ok&&r.json().then(function(j){if(j.renew&&i){set(N,'',0);who=i;later(0)}})
}).catch(function(){q=es.concat(q).slice(-500);who=who||i;later(15e3)})
if(q.length)later(0)}
function view(){var h=bare(location.href);if(h!=last){last=h;add('page_viewed')}}
function run(a){a=[].slice.call(a)
if(a[0]=='event')add(String(a[1]),a[2])
if(a[0]=='identify'){who={customer:String(a[1]),proof:String(a[2])};later(50)}
if(a[0]=='reset'){send();set(N,'',0)}
if(a[0]=='off'){q=[];set(N,'',0);set(F,1,34e6)}
if(a[0]=='on')set(F,'',0)}
var early=(w.kizashi||{}).q||[]
w.kizashi=function(){run(arguments)}
early.forEach(run)
;['pushState','replaceState'].forEach(function(m){var o=history[m];history[m]=function(){o.apply(this,arguments);setTimeout(view,0)}})
w[A]('popstate',view)
d[A]('visibilitychange',function(){if(d.visibilityState=='hidden')send()})
view()
})(window,document)
