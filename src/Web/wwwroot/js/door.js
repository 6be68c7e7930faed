// Says that what was typed before is not lost; it is put back when the page is open again.
sessionStorage.setItem('steady:door', '1');
if (sessionStorage.getItem('steady:typed')) document.getElementById('kept').hidden = false;
