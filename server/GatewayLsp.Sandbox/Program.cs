using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;
var b = WebApplication.CreateSlimBuilder();
b.Services.AddHttpForwarder();
var app = b.Build();
var f = app.Services.GetRequiredService<IHttpForwarder>();
Console.WriteLine(f);
